package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.internal.partition.SpanPartitions;
import io.promptforge.dao.internal.session.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.Set;
import java.util.TreeSet;

/**
 * The months of written spans that have no partition, without those that only a wrong clock names. The statement that writes tells
 * them, since a partition that existed a moment ago may have been dropped.
 */
final class MonthsWithoutPartition {
    private final Set<YearMonth> months = new TreeSet<>();

    /** The expression that gives them, over rows with {@code started_at} and {@code tableoid}; its parameter is the default partition. */
    static String of(String written) {
        return """
                (SELECT string_agg(DISTINCT to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM'), ',')
                    FROM %s WHERE tableoid = to_regclass(?) AND %s)""".formatted(written, SpanPartitions.NEEDS_PARTITION);
    }

    static String defaultPartition(Session session) {
        return IngestStatement.quoted(session.schema()) + "." + SpanPartitions.DEFAULT;
    }

    /** Reads the expression where it is the only one. */
    void read(ResultSet rows) throws SQLException {
        rows.next();
        read(rows, 1);
    }

    /** Reads the expression in a column. */
    void read(ResultSet row, int column) throws SQLException {
        String found = row.getString(column);
        if (found != null) {
            for (String month : found.split(",", -1)) {
                months.add(YearMonth.parse(month));
            }
        }
    }

    void addAll(MonthsWithoutPartition others) {
        months.addAll(others.months);
    }

    Set<YearMonth> months() {
        return months;
    }
}
