package io.promptforge.codegen;

import io.promptforge.codegen.TableDescription.Column;
import io.promptforge.codegen.TableDescription.ForeignKey;
import io.promptforge.codegen.TableDescription.Named;
import io.promptforge.codegen.TableDescription.UniqueKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the tables of the first schema of the search path, without partitions, from PostgreSQL's catalogue. */
record TableReader(Connection connection) {

    private static final String TABLES = """
            SELECT relname FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
            ORDER BY oid""";

    private static final String COMMENT =
            "SELECT coalesce(obj_description(oid, 'pg_class'), ''), pg_get_partkeydef(oid) FROM pg_class WHERE oid = ?::regclass";

    private static final String COLUMNS = """
            SELECT a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
                   CASE WHEN a.attgenerated = '' THEN '' ELSE 'generated: ' END || pg_get_expr(d.adbin, d.adrelid, true),
                   coalesce(col_description(a.attrelid, a.attnum), '')
            FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum""";

    private static final String KEYS = """
            SELECT c.relname,
                   CASE WHEN i.indisprimary THEN 'primary key ' ELSE 'unique ' END
                   || substring(pg_get_indexdef(c.oid, 0, true) FROM 'USING btree (.*)$'),
                   ARRAY(SELECT pg_get_indexdef(c.oid, n, true) FROM generate_series(1, i.indnkeyatts) n ORDER BY n),
                   i.indpred IS NOT NULL
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid = ?::regclass AND i.indisunique
            ORDER BY NOT i.indisprimary, c.oid""";

    private static final String REFERENCES =
            """
            SELECT k.conname, %s, k.confrelid::regclass::text, %s, k.confdeltype = 'c'
            FROM pg_constraint k
            WHERE k.conrelid = ?::regclass AND k.contype = 'f' AND k.conparentid = 0
            ORDER BY k.conkey, k.conname""".formatted(columnNames("conrelid", "conkey"), columnNames("confrelid", "confkey"));

    private static final String CHECKS = """
            SELECT conname, substring(pg_get_constraintdef(oid, true) FROM 'CHECK \\((.*)\\)')
            FROM pg_constraint
            WHERE conrelid = ?::regclass AND contype = 'c'
            ORDER BY conkey, conname""";

    private static final String INDEXES = """
            SELECT c.relname, substring(pg_get_indexdef(c.oid, 0, true) FROM 'USING btree (.*)$')
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid = ?::regclass AND NOT i.indisunique
            ORDER BY c.oid""";

    /** The argument of a trigger is its rule in words; one without says it in the comment of its function; one of the audit log has two lists. */
    private static final String TRIGGERS = """
            SELECT g.tgname,
                   concat_ws(' or ', CASE WHEN g.tgtype & 4 <> 0 THEN 'insert' END, CASE WHEN g.tgtype & 16 <> 0 THEN 'update' END,
                             CASE WHEN g.tgtype & 8 <> 0 THEN 'delete' END) || ': '
                   || CASE WHEN g.tgnargs > 0 THEN regexp_replace(
                               trim(trailing '\\000' FROM encode(g.tgargs, 'escape')),
                               '^{(.*)}\\\\000{(.*)}$', 'adds an entry to the audit log, without [\\1] and without the values of [\\2]')
                           ELSE regexp_replace(obj_description(g.tgfoid, 'pg_proc'), '^Trigger: ', '') END
            FROM pg_trigger g
            WHERE g.tgrelid = ?::regclass AND NOT g.tgisinternal
            ORDER BY g.tgname""";

    private static final String FUNCTIONS = """
            SELECT format('%s(%s)', proname, pg_get_function_arguments(oid)),
                   obj_description(oid, 'pg_proc')
                   || CASE WHEN prosecdef THEN ' SECURITY DEFINER: the owner grants EXECUTE to the roles that need it.' ELSE '' END
            FROM pg_proc
            WHERE pronamespace = current_schema()::regnamespace AND prorettype <> 'trigger'::regtype
            ORDER BY proname""";

    /** One row of a result. */
    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    List<String> tableNames() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(TABLES)) {
            return rows(select, row -> row.getString(1));
        }
    }

    /** The functions that are called by name: all but those of triggers. */
    List<Named> functions() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FUNCTIONS)) {
            return rows(select, row -> new Named(row.getString(1), row.getString(2)));
        }
    }

    List<TableDescription> describe(List<String> tables) throws SQLException {
        List<TableDescription> descriptions = new ArrayList<>();
        for (String table : tables) {
            descriptions.add(describe(table));
        }
        return descriptions;
    }

    private TableDescription describe(String table) throws SQLException {
        List<Column> columns = select(
                COLUMNS,
                table,
                row -> new Column(
                        row.getString(1),
                        row.getString(2).replace("timestamp with time zone", "timestamptz"),
                        row.getBoolean(3),
                        row.getString(4),
                        row.getString(5)));
        List<UniqueKey> keys = select(
                KEYS,
                table,
                row -> new UniqueKey(row.getString(1), row.getString(2), strings(row.getArray(3)), row.getBoolean(4)));
        List<ForeignKey> references = select(
                REFERENCES,
                table,
                row -> new ForeignKey(
                        row.getString(1),
                        strings(row.getArray(2)),
                        row.getString(3),
                        strings(row.getArray(4)),
                        row.getBoolean(5)));
        return select(
                        COMMENT,
                        table,
                        row -> new TableDescription(
                                table,
                                row.getString(1),
                                row.getString(2),
                                columns,
                                keys,
                                references,
                                named(CHECKS, table),
                                named(INDEXES, table),
                                named(TRIGGERS, table)))
                .get(0);
    }

    private List<Named> named(String query, String table) throws SQLException {
        return select(query, table, row -> new Named(row.getString(1), row.getString(2)));
    }

    private <T> List<T> select(String query, String table, Row<T> mapping) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, table);
            return rows(select, mapping);
        }
    }

    private static <T> List<T> rows(PreparedStatement select, Row<T> mapping) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(mapping.of(rows));
            }
            return result;
        }
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    /** The names behind an array of column numbers, in its order. */
    private static String columnNames(String table, String numbers) {
        return """
                ARRAY(SELECT a.attname::text FROM unnest(k.%2$s) WITH ORDINALITY AS n (number, place)
                      JOIN pg_attribute a ON a.attrelid = k.%1$s AND a.attnum = n.number ORDER BY n.place)""".formatted(table, numbers);
    }
}
