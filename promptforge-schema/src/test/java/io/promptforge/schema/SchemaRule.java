package io.promptforge.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule that holds for every table, including those that will be added.
 *
 * @param promise the rule in words
 * @param query returns a line for each violation; uses the relations of {@link #CATALOGUE}
 */
record SchemaRule(String promise, String query) {

    /** The catalogue, without partitions and without the history of migrations. */
    private static final String CATALOGUE = """
            WITH RECURSIVE tables AS (
                SELECT oid AS id, relname::text AS name
                FROM pg_class
                WHERE relnamespace = 'promptforge'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
                AND relname <> 'flyway_schema_history'),
            columns AS (
                SELECT t.id AS table_id, t.name AS table_name, a.attnum AS number, a.attname::text AS name,
                       format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS not_null, a.attidentity AS identity
                FROM tables t
                JOIN pg_attribute a ON a.attrelid = t.id AND a.attnum > 0 AND NOT a.attisdropped),
            constraints AS (
                SELECT t.id AS table_id, t.name AS table_name, c.conname::text AS name, c.contype AS kind,
                       ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
                             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number
                             ORDER BY k.place) AS columns,
                       target.relname::text AS target_name,
                       ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY AS k (number, place)
                             JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number
                             ORDER BY k.place) AS target_columns,
                       c.confdeltype AS on_delete, c.confupdtype AS on_update
                FROM tables t
                JOIN pg_constraint c ON c.conrelid = t.id AND c.contype IN ('p', 'u', 'f', 'c', 'x') AND c.conparentid = 0
                LEFT JOIN pg_class target ON target.oid = c.confrelid),
            foreign_keys AS (
                SELECT * FROM constraints WHERE kind = 'f'),
            indexes AS (
                SELECT c.oid AS id, t.id AS table_id, t.name AS table_name, c.relname::text AS name, i.indisunique AS is_unique,
                       ARRAY(SELECT coalesce(a.attname::text, '(expression)')
                             FROM unnest(i.indkey) WITH ORDINALITY AS k (number, place)
                             LEFT JOIN pg_attribute a ON a.attrelid = t.id AND a.attnum = k.number
                             WHERE k.place <= i.indnkeyatts
                             ORDER BY k.place) AS columns,
                       pg_get_expr(i.indpred, i.indrelid) AS predicate
                FROM tables t
                JOIN pg_index i ON i.indrelid = t.id AND i.indisvalid
                JOIN pg_class c ON c.oid = i.indexrelid),
            update_triggers AS (
                SELECT t.id AS table_id, t.name AS table_name, g.tgname::text AS name, p.proname::text AS function,
                       ARRAY(SELECT a.attname::text FROM unnest(g.tgattr) AS k (number)
                             JOIN pg_attribute a ON a.attrelid = t.id AND a.attnum = k.number) AS columns,
                       lower(coalesce(substring(pg_get_triggerdef(g.oid) FROM 'WHEN \\((.*)\\) EXECUTE'), '')) AS condition
                FROM tables t
                JOIN pg_trigger g ON g.tgrelid = t.id AND NOT g.tgisinternal AND g.tgenabled IN ('O', 'A')
                JOIN pg_proc p ON p.oid = g.tgfoid
                -- row-level, before, update
                WHERE g.tgtype & 1 = 1 AND g.tgtype & 2 = 2 AND g.tgtype & 16 = 16)
            """;

    /** The violations; each line begins with the name of the table or function. */
    List<String> offences(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(CATALOGUE + query)) {
            List<String> offences = new ArrayList<>();
            while (rows.next()) {
                offences.add(String.valueOf(rows.getString(1)));
            }
            return offences;
        }
    }

    @Override
    public String toString() {
        return promise;
    }
}
