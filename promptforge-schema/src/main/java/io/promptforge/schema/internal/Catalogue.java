package io.promptforge.schema.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The definition of a schema, from PostgreSQL's catalogue, to compare. */
public final class Catalogue {

    /** How the keys of comments begin. */
    public static final String COMMENT = "comment ";

    /**
     * Columns are numbered anew, because PostgreSQL does not reuse the number of a dropped column. Expressions are rendered with few
     * parentheses: those of PostgreSQL's default depend on how the expression was written.
     */
    private static final String OBJECTS = """
            WITH here AS (SELECT oid FROM pg_namespace WHERE nspname = ?),
            tables AS (
                SELECT c.* FROM pg_class c
                WHERE c.relnamespace = (SELECT oid FROM here) AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
                AND c.relname <> 'flyway_schema_history' AND (? OR NOT c.relispartition)),
            columns AS (
                SELECT t.relname, a.*, row_number() OVER (PARTITION BY t.oid ORDER BY a.attnum) AS position
                FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped)
            SELECT format('table %s', t.relname),
                   concat_ws(' ', 'of kind', t.relkind, pg_get_expr(t.relpartbound, t.oid, true), pg_get_partkeydef(t.oid),
                             CASE WHEN t.relkind IN ('v', 'm') THEN pg_get_viewdef(t.oid, true) END,
                             CASE WHEN t.relrowsecurity THEN 'row-level security' END,
                             CASE WHEN t.relforcerowsecurity THEN 'forced' END)
            FROM tables t
            UNION ALL
            SELECT format('partition %s of %s', p.oid::regclass, t.relname), pg_get_expr(p.relpartbound, p.oid, true)
            FROM tables t JOIN pg_inherits i ON i.inhparent = t.oid JOIN pg_class p ON p.oid = i.inhrelid
            WHERE p.relispartition AND p.relname !~ '^spans_y\\d+m\\d+$'
            UNION ALL
            SELECT format('column %s.%s', a.relname, a.attname),
                   concat_ws(' ', format_type(a.atttypid, a.atttypmod),
                             CASE WHEN a.attcollation <> 0 THEN 'COLLATE ' || a.attcollation::regcollation END,
                             CASE WHEN a.attnotnull THEN 'NOT NULL' END,
                             'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid, true),
                             'generated ' || NULLIF(a.attgenerated::text, ''), 'identity ' || NULLIF(a.attidentity::text, ''),
                             'at position', a.position)
            FROM columns a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            UNION ALL
            SELECT format('constraint %s of %s', o.conname, t.relname),
                   concat_ws(' ', pg_get_constraintdef(o.oid, true), CASE WHEN NOT o.convalidated THEN 'not validated' END)
            FROM tables t JOIN pg_constraint o ON o.conrelid = t.oid AND o.contype <> 'n'
            UNION ALL
            SELECT format('index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
            FROM tables t JOIN pg_index i ON i.indrelid = t.oid
            UNION ALL
            SELECT format('statistics %s', s.stxname), pg_get_statisticsobjdef(s.oid)
            FROM pg_statistic_ext s WHERE s.stxnamespace = (SELECT oid FROM here)
            UNION ALL
            SELECT format('trigger %s of %s', g.tgname, t.relname), concat_ws(' ', pg_get_triggerdef(g.oid, true), 'enabled', g.tgenabled)
            FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
            UNION ALL
            SELECT format('policy %s of %s', p.polname, t.relname),
                   concat_ws(' ', p.polcmd, p.polpermissive, CASE WHEN p.polroles = ARRAY[t.relowner] THEN 'owner' ELSE p.polroles::regrole[]::text END,
                             'USING ' || pg_get_expr(p.polqual, p.polrelid, true), 'WITH CHECK ' || pg_get_expr(p.polwithcheck, p.polrelid, true))
            FROM tables t JOIN pg_policy p ON p.polrelid = t.oid
            UNION ALL
            SELECT format('function %s', p.oid::regprocedure),
                   concat_ws(' ', pg_get_functiondef(p.oid),
                             CASE WHEN p.prosecdef AND has_function_privilege('public', p.oid, 'EXECUTE') THEN 'for PUBLIC' END)
            FROM pg_proc p WHERE p.pronamespace = (SELECT oid FROM here) AND p.prokind <> 'a'
            UNION ALL
            SELECT format('type %s', y.typname), y.typtype::text
            FROM pg_type y WHERE y.typnamespace = (SELECT oid FROM here) AND y.typrelid = 0 AND y.typelem = 0
            UNION ALL
            SELECT format('comment on %s', pg_describe_object(d.classoid, d.objoid, d.objsubid)), d.description
            FROM pg_description d
            WHERE d.objoid IN (SELECT oid FROM tables) AND d.classoid = 'pg_class'::regclass
            OR d.objoid IN (SELECT oid FROM pg_proc WHERE pronamespace = (SELECT oid FROM here)) AND d.classoid = 'pg_proc'::regclass
            OR d.objoid IN (SELECT i.indexrelid FROM tables t JOIN pg_index i ON i.indrelid = t.oid) AND d.classoid = 'pg_class'::regclass
            OR d.objoid IN (SELECT o.oid FROM tables t JOIN pg_constraint o ON o.conrelid = t.oid) AND d.classoid = 'pg_constraint'::regclass
            OR d.objoid IN (SELECT g.oid FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid) AND d.classoid = 'pg_trigger'::regclass
            OR d.objoid IN (SELECT p.oid FROM tables t JOIN pg_policy p ON p.polrelid = t.oid) AND d.classoid = 'pg_policy'::regclass
            OR d.objoid IN (SELECT oid FROM pg_statistic_ext WHERE stxnamespace = (SELECT oid FROM here)) AND d.classoid = 'pg_statistic_ext'::regclass""";

    private static final Pattern FUNCTION_SETTINGS = Pattern.compile("(?<=\\n)( SET .*\\n)+");

    private Catalogue() {}

    /**
     * Tables, columns, constraints, indexes, triggers, policies, functions, types and comments, each with its definition. Names of
     * objects of this schema are not qualified. Keys that are not unique because the schema is distributed are described as unique. The history of migrations is left out. Sets the search path of the transaction.
     *
     * @param withPartitions false to leave out the partitions of tables, but for the names and bounds of those that are not the monthly
     *     ones of spans
     */
    public static SortedMap<String, String> read(Connection connection, String schema, boolean withPartitions)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL search_path TO \"" + schema + "\"");
        }
        SortedMap<String, String> objects = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(OBJECTS)) {
            select.setString(1, schema);
            select.setBoolean(2, withPartitions);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String key = rows.getString(1);
                    String definition = withoutName(rows.getString(2), schema);
                    objects.put(key, key.startsWith("function ") ? withSortedSettings(definition) : definition);
                }
            }
        }
        DemotedKeys.restoreIn(objects);
        return objects;
    }

    /** What is otherwise than expected, a line for each object. */
    public static List<String> differences(SortedMap<String, String> expected, SortedMap<String, String> found) {
        TreeSet<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        List<String> lines = new ArrayList<>();
        for (String key : keys) {
            @Nullable String should = expected.get(key);
            @Nullable String is = found.get(key);
            if (should == null) {
                lines.add("added " + key + ": " + is);
            } else if (is == null) {
                lines.add("missing " + key + ": " + should);
            } else if (!is.equals(should)) {
                lines.add("changed " + key + ": " + is + " instead of " + should);
            }
        }
        return lines;
    }

    /** Sorts the settings of a function, because PostgreSQL keeps them as they were given, one after the other. */
    public static String withSortedSettings(String function) {
        int header = Math.max(function.indexOf("\nAS "), 0);
        return FUNCTION_SETTINGS
                        .matcher(function.substring(0, header + 1))
                        .replaceFirst(settings ->
                                settings.group().lines().sorted().collect(Collectors.joining("\n", "", "\n")))
                + function.substring(header + 1);
    }

    private static String withoutName(String definition, String schema) {
        return definition.replace(schema + ".", "").replace("'" + schema + "'", "current_schema");
    }
}
