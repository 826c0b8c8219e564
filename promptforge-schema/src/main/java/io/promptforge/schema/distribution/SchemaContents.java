package io.promptforge.schema.distribution;

import io.promptforge.schema.internal.DemotedKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is in the schema, from PostgreSQL's catalogue, so that a new table needs no entry in a list.
 *
 * @param tables each behind those that its foreign keys refer to, organizations first
 * @param cycles the foreign keys that close a cycle
 * @param keys what is unique over the platform
 * @param triggers those of inserts
 * @param unsuitable what Citus does not support, a sentence for each
 */
record SchemaContents(
        List<TenantTable> tables,
        List<ForeignKey> cycles,
        List<PlatformKey> keys,
        List<Trigger> triggers,
        List<String> unsuitable) {

    /** A foreign key that is dropped before its tables are distributed, and added again when both are. */
    record ForeignKey(String table, String referenced, String name, String definition) {}

    /** A trigger that changes or refuses new rows, or writes others: the rows that are copied have been through it. */
    record Trigger(String table, String name) {}

    /** Deferrable foreign keys close cycles, so that a restore can load one table after the other. */
    private static final String TABLES = """
            WITH RECURSIVE tables AS (
                SELECT c.oid, c.relname
                FROM pg_class c
                WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                AND c.relname <> 'flyway_schema_history'),
            parts (oid, part) AS (
                SELECT oid, oid FROM tables
                UNION ALL
                SELECT inhparent, inhrelid FROM pg_inherits),
            levels (oid, level) AS (
                SELECT oid, 0 FROM tables
                UNION
                SELECT f.conrelid, l.level + 1
                FROM levels l JOIN pg_constraint f ON f.confrelid = l.oid
                WHERE f.contype = 'f' AND NOT f.condeferrable AND f.conrelid <> f.confrelid
                AND l.level < (SELECT count(*) FROM tables))
            SELECT quote_ident(t.relname) AS name,
                   CASE WHEN t.relname = 'organizations' THEN 'id' ELSE coalesce(a.attname, '') END AS tenant,
                   (SELECT sum(greatest(c.reltuples, 0)) FROM parts p JOIN pg_class c ON c.oid = p.part
                    WHERE p.oid = t.oid AND c.relkind = 'r')::bigint AS rows,
                   (SELECT sum(pg_total_relation_size(p.part)) FROM parts p WHERE p.oid = t.oid)::bigint AS bytes
            FROM tables t LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
            ORDER BY t.relname <> 'organizations', (SELECT max(level) FROM levels l WHERE l.oid = t.oid), t.relname""";

    private static final String DISTRIBUTED = """
            SELECT quote_ident(c.relname), sum(citus_total_relation_size(p.logicalrelid))::bigint
            FROM pg_dist_partition p LEFT JOIN pg_inherits i ON i.inhrelid = p.logicalrelid
            JOIN pg_class c ON c.oid = coalesce(i.inhparent, p.logicalrelid)
            WHERE c.relnamespace = current_schema()::regnamespace
            GROUP BY c.relname""";

    private static final String REMAINS = """
            SELECT c.relname
            FROM pg_dist_partition p JOIN pg_class c ON c.oid = p.logicalrelid
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND pg_relation_size(c.oid) > 0
            LIMIT 1""";

    private static final String CYCLES = """
            SELECT quote_ident(t.relname), quote_ident(r.relname), quote_ident(f.conname), pg_get_constraintdef(f.oid)
            FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid JOIN pg_class r ON r.oid = f.confrelid
            WHERE f.connamespace = current_schema()::regnamespace AND f.contype = 'f' AND f.condeferrable AND f.conparentid = 0
            ORDER BY 1, 3""";

    /** Primary keys are not among them: a table whose primary key is without the tenant is refused. */
    private static final String KEYS = """
            SELECT quote_ident(t.relname), quote_ident(x.relname), o.oid IS NOT NULL,
                   CASE WHEN o.oid IS NULL THEN pg_get_indexdef(x.oid)
                        ELSE format('ALTER TABLE %I ADD CONSTRAINT %I %s', t.relname, o.conname, pg_get_constraintdef(o.oid)) END,
                   regexp_replace(pg_get_indexdef(x.oid), '^CREATE UNIQUE INDEX', 'CREATE INDEX')
            FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
            LEFT JOIN pg_constraint o ON o.conindid = x.oid AND o.contype = 'u'
            WHERE t.relnamespace = current_schema()::regnamespace AND NOT t.relispartition AND i.indisunique AND NOT i.indisprimary
            AND NOT EXISTS (
                SELECT FROM pg_attribute a
                WHERE a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
                AND a.attname = CASE WHEN t.relname = 'organizations' THEN 'id' ELSE 'organization_id' END)
            ORDER BY 1, 2""";

    private static final String DEMOTED = """
            SELECT quote_ident(t.relname), quote_ident(x.relname), false,
                   substr(obj_description(x.oid, 'pg_class'), length(?) + 1), pg_get_indexdef(x.oid)
            FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
            WHERE t.relnamespace = current_schema()::regnamespace AND starts_with(obj_description(x.oid, 'pg_class'), ?)
            ORDER BY 1, 2""";

    private static final String TRIGGERS = """
            SELECT quote_ident(t.relname), quote_ident(g.tgname)
            FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid
            WHERE t.relnamespace = current_schema()::regnamespace AND NOT t.relispartition
            AND NOT g.tgisinternal AND g.tgenabled = 'O' AND g.tgtype::integer & 4 <> 0
            ORDER BY 1, 2""";

    private static final String UNSUITABLE = """
            WITH tables AS (
                SELECT c.oid, c.relname, a.attnum AS tenant
                FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
                    AND a.attname = CASE WHEN c.relname = 'organizations' THEN 'id' ELSE 'organization_id' END
                WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition)
            SELECT format('The foreign key %s of %s sets columns of the tenant''s key', f.conname, t.relname)
            FROM tables t JOIN pg_constraint f ON f.conrelid = t.oid
            WHERE f.contype = 'f' AND t.tenant = ANY (f.conkey) AND (f.confdeltype IN ('n', 'd') OR f.confupdtype IN ('c', 'n', 'd'))
            UNION ALL
            SELECT format('The foreign key %s refers to %s from a table that is not the tenant''s', f.conname, t.relname)
            FROM tables t JOIN pg_constraint f ON f.confrelid = t.oid
            WHERE f.contype = 'f' AND t.tenant IS NOT NULL AND f.conparentid = 0
            AND f.conrelid NOT IN (SELECT oid FROM tables WHERE tenant IS NOT NULL UNION SELECT inhrelid FROM pg_inherits)
            UNION ALL
            SELECT format('The primary key of %s is without the tenant', t.relname)
            FROM tables t JOIN pg_constraint p ON p.conrelid = t.oid
            WHERE p.contype = 'p' AND t.tenant IS NOT NULL AND t.tenant <> ALL (p.conkey)
            UNION ALL
            SELECT format('The identity column %s of %s could not be brought back', a.attname, t.relname)
            FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid
            WHERE t.tenant IS NOT NULL AND a.attidentity <> '' AND NOT a.attisdropped
            ORDER BY 1""";

    static SchemaContents read(Connection connection, boolean withCitus) throws SQLException {
        List<Row> distributed = withCitus ? rows(connection, DISTRIBUTED) : List.of();
        List<TenantTable> tables = new ArrayList<>();
        for (Row row : rows(connection, TABLES)) {
            Optional<Row> moved = distributed.stream()
                    .filter(one -> one.text(1).equals(row.text(1)))
                    .findFirst();
            tables.add(new TenantTable(
                    row.text(1),
                    Optional.of(row.text(2)).filter(column -> !column.isEmpty()),
                    moved.isPresent(),
                    Long.parseLong(row.text(3)),
                    Long.parseLong(moved.map(one -> one.text(2)).orElse(row.text(4)))));
        }
        return new SchemaContents(
                tables,
                rows(connection, CYCLES).stream()
                        .map(row -> new ForeignKey(row.text(1), row.text(2), row.text(3), row.text(4)))
                        .toList(),
                keys(rows(connection, KEYS)),
                rows(connection, TRIGGERS).stream()
                        .map(row -> new Trigger(row.text(1), row.text(2)))
                        .toList(),
                rows(connection, UNSUITABLE).stream().map(row -> row.text(1)).toList());
    }

    /** Whether a distributed table still has the room of its old rows on this node. */
    static boolean hasRemains(Connection connection) throws SQLException {
        return !rows(connection, REMAINS).isEmpty();
    }

    /** The keys that were demoted when their tables were distributed. */
    static List<PlatformKey> demotedKeys(Connection connection) throws SQLException {
        return keys(rows(connection, DEMOTED, DemotedKeys.COMMENT, DemotedKeys.COMMENT));
    }

    private static List<PlatformKey> keys(List<Row> rows) {
        return rows.stream()
                .map(row ->
                        new PlatformKey(row.text(1), row.text(2), row.text(3).equals("t"), row.text(4), row.text(5)))
                .toList();
    }

    private record Row(List<String> values) {
        String text(int column) {
            return values.get(column - 1);
        }
    }

    private static List<Row> rows(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setString(i + 1, parameters[i]);
            }
            List<Row> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    List<String> values = new ArrayList<>();
                    for (int column = 1; column <= columns; column++) {
                        values.add(rows.getString(column));
                    }
                    found.add(new Row(values));
                }
            }
            return found;
        }
    }
}
