package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.internal.partition.SpanPartitions;
import io.promptforge.dao.internal.query.BoundArray;
import io.promptforge.dao.internal.session.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The months of written spans that have no partition, without those that only a wrong clock names. The statement that writes tells
 * them, since a partition that existed a moment ago may have been dropped.
 */
final class MonthsWithoutPartition {
    /** The last that PostgreSQL reads in four digits. */
    private static final int MOST_YEAR = 9_999;

    private final Set<YearMonth> months = new TreeSet<>();

    /**
     * The expression that gives them, from {@link #arguments}. By the names of partitions, since on Citus tableoid is that of another
     * server's table.
     */
    static final String EXPRESSION = """
            (SELECT string_agg(m, ',') FROM unnest(CAST(? AS text[])) AS m
                WHERE to_regclass(? || to_char(to_date(m, 'YYYY-MM'), '"y"YYYY"m"MM')) IS NULL AND %s)""".formatted(SpanPartitions.needsPartition("to_date(m, 'YYYY-MM')"));

    /** The parameters of the expression for spans that the statement writes. */
    static List<Object> arguments(Session session, List<SpanRow> written) {
        String[] names = written.stream()
                .map(SpanRow::month)
                .distinct()
                .filter(month -> month.getYear() > 0 && month.getYear() <= MOST_YEAR)
                .map(YearMonth::toString)
                .toArray(String[]::new);
        return List.of(
                new BoundArray("varchar", names),
                IngestStatement.quoted(session.schema()) + "." + SpanPartitions.PREFIX);
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
