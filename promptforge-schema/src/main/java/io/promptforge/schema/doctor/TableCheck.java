package io.promptforge.schema.doctor;

import io.promptforge.schema.doctor.Finding.Severity;
import io.promptforge.schema.internal.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statistics, dead rows and indexes: what slows queries down. */
final class TableCheck implements Check {

    /** Autovacuum never analyzes a partitioned table, only its partitions. */
    private static final String WITHOUT_STATISTICS = """
            SELECT c.relname
            FROM pg_class c
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p') AND c.reltuples < 0
            AND (SELECT sum(s.n_live_tup) FROM pg_stat_user_tables s
                 WHERE s.relid = c.oid OR s.relid IN (SELECT p.relid FROM pg_partition_tree(c.oid) p)) >= ?
            ORDER BY 1""";

    /** Twice as many as those at which autovacuum begins. */
    private static final String DEAD_ROWS = """
            SELECT format('%s: %s dead rows beside %s live ones, last vacuumed %s', s.relname, s.n_dead_tup, s.n_live_tup,
                          coalesce(greatest(s.last_vacuum, s.last_autovacuum)::text, 'never'))
            FROM pg_stat_user_tables s
            WHERE s.schemaname = ? AND s.n_dead_tup >= ?
            AND s.n_dead_tup > 2 * (current_setting('autovacuum_vacuum_threshold')::float
                + current_setting('autovacuum_vacuum_scale_factor')::float * s.n_live_tup)
            ORDER BY s.n_dead_tup DESC""";

    private static final String INVALID_INDEXES = """
            SELECT c.relname
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE c.relnamespace = ?::regnamespace AND NOT i.indisvalid
            ORDER BY 1""";

    private static final String UNUSED_INDEXES = """
            SELECT format('%s on %s, %s', s.indexrelname, s.relname, pg_size_pretty(pg_relation_size(s.indexrelid)))
            FROM pg_stat_user_indexes s
            JOIN pg_index i ON i.indexrelid = s.indexrelid
            JOIN pg_class c ON c.oid = s.indexrelid
            JOIN pg_stat_database d ON d.datname = current_database()
            WHERE s.schemaname = ? AND s.idx_scan = 0 AND NOT i.indisunique AND NOT c.relispartition
            AND pg_relation_size(s.indexrelid) >= ?
            AND coalesce(d.stats_reset, pg_postmaster_start_time()) <= now() - make_interval(secs => ?)
            ORDER BY pg_relation_size(s.indexrelid) DESC""";

    /** A B-tree needs for a row some 16 bytes beside the values, and fills its pages to nine tenths. */
    private static final String BLOATED_INDEXES = """
            SELECT format('%s: %s, where about %s suffice', x.relname, pg_size_pretty(x.bytes), pg_size_pretty(x.needed))
            FROM (SELECT c.relname, pg_relation_size(c.oid) AS bytes,
                         (8192 + c.reltuples * (16 + coalesce(w.width, 8)) / 0.9)::bigint AS needed
                  FROM pg_class c
                  JOIN pg_index i ON i.indexrelid = c.oid
                  JOIN pg_class t ON t.oid = i.indrelid
                  JOIN pg_am m ON m.oid = c.relam AND m.amname = 'btree'
                  LEFT JOIN LATERAL (
                      SELECT sum(s.avg_width) AS width
                      FROM pg_attribute a JOIN pg_stats s ON s.attname = a.attname
                          AND s.schemaname = c.relnamespace::regnamespace::text AND s.tablename IN (t.relname, c.relname)
                      WHERE a.attrelid = c.oid) w ON true
                  WHERE c.relnamespace = ?::regnamespace AND c.relkind = 'i' AND c.reltuples >= 0) x
            WHERE x.bytes >= ? AND x.bytes > 4 * x.needed
            ORDER BY x.bytes DESC""";

    private final Thresholds thresholds;

    TableCheck(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    @Override
    public List<Finding> examine(Connection connection, String schema) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        List<String> unknown = Rows.texts(connection, WITHOUT_STATISTICS, schema, thresholds.rows());
        if (!unknown.isEmpty()) {
            findings.add(Finding.of(
                            Severity.WARNING,
                            Fault.STATISTICS_MISSING,
                            "Tables with many rows have no statistics, so that the planner guesses",
                            "Analyze them, and a partitioned table again from time to time, because autovacuum does not")
                    .details(unknown)
                    .command("ANALYZE " + qualified(schema, unknown)));
        }
        add(
                findings,
                Rows.texts(connection, DEAD_ROWS, schema, thresholds.deadRows()),
                Finding.of(
                        Severity.WARNING,
                        Fault.VACUUM_BEHIND,
                        "Tables have more dead rows than autovacuum leaves",
                        "Check that autovacuum is on and that no transaction stays open, then vacuum the tables"));
        List<String> invalid = Rows.texts(connection, INVALID_INDEXES, schema);
        if (!invalid.isEmpty()) {
            findings.add(Finding.of(
                            Severity.ERROR,
                            Fault.INDEX_INVALID,
                            "Building indexes has failed: they slow writes down, and no query uses them",
                            "Build them again")
                    .details(invalid)
                    .command("REINDEX INDEX CONCURRENTLY " + schema + "." + invalid.get(0)));
        }
        add(
                findings,
                Rows.texts(connection, UNUSED_INDEXES, schema, thresholds.indexBytes(), (double)
                        thresholds.indexUnused().toSeconds()),
                Finding.of(
                        Severity.INFO,
                        Fault.INDEX_UNUSED,
                        "Large indexes were not read for "
                                + thresholds.indexUnused().toDays() + " days",
                        "Drop those that you have added; those of the library serve lists that you do not use yet"));
        add(
                findings,
                Rows.texts(connection, BLOATED_INDEXES, schema, thresholds.indexBytes()),
                Finding.of(
                        Severity.WARNING,
                        Fault.INDEX_BLOATED,
                        "Indexes are more than four times as large as their content",
                        "Build them again with REINDEX INDEX CONCURRENTLY, while the service works"));
        return findings;
    }

    private static void add(List<Finding> findings, List<String> objects, Finding finding) {
        if (!objects.isEmpty()) {
            findings.add(finding.details(objects));
        }
    }

    private static String qualified(String schema, List<String> tables) {
        return schema + "." + String.join(", " + schema + ".", tables);
    }
}
