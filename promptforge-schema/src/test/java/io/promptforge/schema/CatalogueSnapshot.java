package io.promptforge.schema;

import java.util.List;
import javax.sql.DataSource;

/** The definition of a schema from PostgreSQL's catalogue, as sorted lines of text, to compare. */
final class CatalogueSnapshot {

    private static final String LINES = """
            WITH tables AS (
                SELECT c.* FROM pg_class c
                WHERE c.relnamespace = '%1$s'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
                AND c.relname <> 'flyway_schema_history')
            SELECT format('table %%s kind %%s row-level security %%s %%s partition %%s of %%s comment %%s', t.relname, t.relkind,
                          t.relrowsecurity, t.relforcerowsecurity,
                          pg_get_expr(t.relpartbound, t.oid), pg_get_partkeydef(t.oid), obj_description(t.oid, 'pg_class'))
            FROM tables t
            UNION ALL
            SELECT format('column %%s.%%s %%s %%s not null %%s default %%s generated %%s identity %%s collation %%s comment %%s',
                          t.relname, to_char(row_number() OVER (PARTITION BY t.oid ORDER BY a.attnum), '000'),
                          a.attname, format_type(a.atttypid, a.atttypmod),
                          a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attgenerated, a.attidentity,
                          a.attcollation::regcollation, col_description(t.oid, a.attnum))
            FROM tables t
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
            UNION ALL
            SELECT format('constraint %%s on %%s: %%s deferrable %%s validated %%s comment %%s', o.conname, t.relname,
                          pg_get_constraintdef(o.oid), o.condeferrable, o.convalidated, obj_description(o.oid, 'pg_constraint'))
            FROM tables t JOIN pg_constraint o ON o.conrelid = t.oid
            UNION ALL
            SELECT format('index %%s valid %%s comment %%s', pg_get_indexdef(i.indexrelid), i.indisvalid,
                          obj_description(i.indexrelid, 'pg_class'))
            FROM tables t JOIN pg_index i ON i.indrelid = t.oid
            UNION ALL
            SELECT format('trigger %%s enabled %%s comment %%s', pg_get_triggerdef(g.oid), g.tgenabled,
                          obj_description(g.oid, 'pg_trigger'))
            FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
            UNION ALL
            SELECT format('policy %%s on %%s of %%s for %%s: %%s check %%s', p.polname, t.relname, p.polroles::regrole[], p.polcmd,
                          pg_get_expr(p.polqual, t.oid), pg_get_expr(p.polwithcheck, t.oid))
            FROM tables t JOIN pg_policy p ON p.polrelid = t.oid
            UNION ALL
            SELECT format('function %%s comment %%s', pg_get_functiondef(p.oid), obj_description(p.oid, 'pg_proc'))
            FROM pg_proc p WHERE p.pronamespace = '%1$s'::regnamespace
            UNION ALL
            SELECT format('type %%s', y.typname)
            FROM pg_type y
            WHERE y.typnamespace = '%1$s'::regnamespace AND y.typrelid = 0 AND y.typelem = 0
            ORDER BY 1""";

    private CatalogueSnapshot() {}

    /**
     * Tables, partitions, columns, constraints, indexes, triggers, policies, functions and types of the schema with their definitions
     * and comments, without the history of migrations. Columns are numbered anew, because PostgreSQL does not reuse the number
     * of a dropped column.
     */
    static List<String> snapshot(DataSource database, String schema) {
        return Sql.column(database, LINES.formatted(schema));
    }
}
