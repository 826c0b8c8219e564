package io.promptforge.schema.doctor;

import io.promptforge.schema.doctor.Finding.Severity;
import io.promptforge.schema.internal.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Whether spans of this month and the next have a partition, and whether any are in the default partition. */
final class PartitionCheck implements Check {

    private static final String MAINTAIN = "promptforge maintain";

    private static final String MONTHS_WITHOUT_PARTITION = """
            SELECT to_char(month, 'YYYY-MM')
            FROM generate_series(date_trunc('month', now() AT TIME ZONE 'UTC'),
                                 date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month', interval '1 month') month
            WHERE to_regclass(format('%I.%I', ?, 'spans')) IS NOT NULL
            AND to_regclass(format('%I.%I', ?, to_char(month, '"spans_y"YYYY"m"MM'))) IS NULL
            ORDER BY 1""";

    /** For a role that row-level security shows no rows: PostgreSQL's own count. */
    private static final String STRAYS_COUNTED = """
            SELECT 'about ' || s.n_live_tup
            FROM pg_stat_user_tables s
            WHERE s.schemaname = ? AND s.relname = 'spans_default' AND s.n_live_tup > 0""";

    private static final String STRAY_MONTHS = """
            SELECT month || ': ' || spans
            FROM (SELECT to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, count(*) AS spans FROM %s.spans_default GROUP BY 1) s
            ORDER BY 1 LIMIT 20""";

    @Override
    public List<Finding> examine(Connection connection, String schema) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        List<String> missing = Rows.texts(connection, MONTHS_WITHOUT_PARTITION, schema, schema);
        if (!missing.isEmpty()) {
            findings.add(Finding.of(
                            Severity.WARNING,
                            Fault.PARTITIONS_MISSING,
                            "Months have no partition: their spans go into the default partition, or make one while they are"
                                    + " written",
                            "Run the maintenance once a day")
                    .details(missing)
                    .command(MAINTAIN));
        }
        if (!Rows.texts(connection, "SELECT to_regclass(?) ", schema + ".spans_default")
                .contains(null)) {
            boolean hidden = !Rows.texts(connection, "SELECT 1 WHERE row_security_active(?)", schema + ".spans_default")
                    .isEmpty();
            List<String> strays = hidden
                    ? Rows.texts(connection, STRAYS_COUNTED, schema)
                    : Rows.texts(connection, STRAY_MONTHS.formatted(schema));
            if (!strays.isEmpty()) {
                findings.add(Finding.of(
                                Severity.WARNING,
                                Fault.DEFAULT_PARTITION_USED,
                                "Spans are in the default partition, which slows down all queries and new partitions",
                                "Run the maintenance, which moves them; those of a wrong clock stay until their traces are deleted")
                        .details(strays)
                        .command(MAINTAIN));
            }
        }
        return findings;
    }
}
