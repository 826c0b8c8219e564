package io.promptforge.schema.doctor;

import io.promptforge.schema.doctor.Finding.Severity;
import io.promptforge.schema.internal.DemotedKeys;
import io.promptforge.schema.internal.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** On a schema that is distributed by Citus: whether all tables are, and whether what the database does not keep unique still is. */
final class DistributionCheck implements Check {

    private static final String HAS_CITUS = "SELECT 1 FROM pg_extension WHERE extname = 'citus'";

    private static final String LEFT_OUT = """
            SELECT c.relname
            FROM pg_class c
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND c.relname <> 'flyway_schema_history' AND c.oid NOT IN (SELECT logicalrelid FROM pg_dist_partition)
            AND EXISTS (
                SELECT FROM pg_dist_partition d JOIN pg_class o ON o.oid = d.logicalrelid
                WHERE o.relnamespace = c.relnamespace AND o.relname = 'organizations')
            ORDER BY 1""";

    private static final String DEMOTED = """
            SELECT x.relname,
                   format('SELECT 1 FROM %s WHERE %s GROUP BY %s HAVING count(*) > 1 LIMIT 1', i.indrelid::regclass,
                          coalesce(pg_get_expr(i.indpred, i.indrelid), 'true'),
                          (SELECT string_agg(pg_get_indexdef(x.oid, place, true), ', ') FROM generate_series(1, i.indnkeyatts) place))
            FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
            WHERE x.relnamespace = ?::regnamespace AND starts_with(obj_description(x.oid, 'pg_class'), ?)
            ORDER BY 1""";

    private record Key(String name, String repeated) {}

    @Override
    public List<Finding> examine(Connection connection, String schema) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        boolean hasCitus = !Rows.texts(connection, HAS_CITUS).isEmpty();
        List<String> leftOut = hasCitus ? Rows.texts(connection, LEFT_OUT, schema) : List.of();
        if (!leftOut.isEmpty()) {
            findings.add(Finding.of(
                            Severity.WARNING,
                            Fault.NOT_DISTRIBUTED,
                            "Tables are on the coordinator only, while the others are distributed",
                            "Distribute them too")
                    .details(leftOut)
                    .command("promptforge distribute"));
        }
        List<String> repeated = new ArrayList<>();
        for (Key key : Rows.read(
                connection, DEMOTED, row -> new Key(row.getString(1), row.getString(2)), schema, DemotedKeys.COMMENT)) {
            if (!Rows.texts(connection, key.repeated()).isEmpty()) {
                repeated.add(key.name());
            }
        }
        if (!repeated.isEmpty()) {
            findings.add(Finding.of(
                            Severity.ERROR,
                            Fault.KEY_REPEATED,
                            "Values that are unique over the platform are there twice, since Citus cannot refuse them and something"
                                    + " has written without the library",
                            "Change one of them, and write through the library only")
                    .details(repeated));
        }
        return findings;
    }
}
