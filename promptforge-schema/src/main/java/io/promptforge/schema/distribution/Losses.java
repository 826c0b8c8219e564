package io.promptforge.schema.distribution;

import io.promptforge.schema.internal.DemotedKeys;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code undistribute_table} does not bring back, because it makes each table anew: functions whose arguments are rows of a table,
 * comments, and the numbers of distinct values that were set for columns.
 */
final class Losses {
    private static final String STATEMENTS = """
            WITH tables AS (
                SELECT oid, relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')),
            row_functions AS (
                SELECT p.oid FROM pg_proc p
                WHERE p.pronamespace = current_schema()::regnamespace AND EXISTS (
                    SELECT FROM pg_type y WHERE y.oid = ANY (p.proargtypes::oid[] || p.prorettype) AND y.typrelid IN (SELECT oid FROM tables))),
            commented AS (
                SELECT 'pg_class'::regclass AS classid, oid FROM tables
                UNION ALL SELECT 'pg_class'::regclass, indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM tables)
                UNION ALL SELECT 'pg_constraint'::regclass, oid FROM pg_constraint WHERE conrelid IN (SELECT oid FROM tables)
                UNION ALL SELECT 'pg_trigger'::regclass, oid FROM pg_trigger WHERE tgrelid IN (SELECT oid FROM tables)
                UNION ALL SELECT 'pg_policy'::regclass, oid FROM pg_policy WHERE polrelid IN (SELECT oid FROM tables)
                UNION ALL SELECT 'pg_statistic_ext'::regclass, oid FROM pg_statistic_ext WHERE stxrelid IN (SELECT oid FROM tables)
                UNION ALL SELECT 'pg_proc'::regclass, oid FROM row_functions)
            SELECT 1 AS place, pg_get_functiondef(oid) AS statement FROM row_functions
            UNION ALL
            SELECT 2, format('COMMENT ON %%s %%s IS %%L',
                       CASE i.type WHEN 'table column' THEN 'COLUMN' WHEN 'table constraint' THEN 'CONSTRAINT' WHEN 'statistics object' THEN 'STATISTICS'
                           ELSE upper(i.type) END, i.identity, d.description)
            FROM commented c JOIN pg_description d ON d.classoid = c.classid AND d.objoid = c.oid,
                pg_identify_object(d.classoid, d.objoid, d.objsubid) i
            WHERE NOT starts_with(d.description, '%s')
            UNION ALL
            SELECT 3, format('ALTER TABLE %%I ALTER COLUMN %%I SET (%%s)', t.relname, a.attname, option)
            FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid, unnest(a.attoptions) option
            WHERE starts_with(option, 'n_distinct')
            ORDER BY 1, 2""";

    private Losses() {}

    /** The statements that make all this again; to be read before the tables are brought back. */
    static List<Step> read(Connection connection) throws SQLException {
        List<Step> steps = new ArrayList<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(STATEMENTS.formatted(DemotedKeys.COMMENT))) {
            while (rows.next()) {
                steps.add(Step.of("Restoring comments and functions", rows.getString("statement")));
            }
        }
        return steps;
    }
}
