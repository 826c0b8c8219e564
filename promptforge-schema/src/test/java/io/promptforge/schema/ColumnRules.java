package io.promptforge.schema;

import java.util.List;

/** Rules about the types, defaults and comments of columns. */
final class ColumnRules {

    static final SchemaRule NO_SEQUENCES = new SchemaRule("there are no sequences and identity columns", """
            SELECT format('%s.%s is an identity column', table_name, name) FROM columns WHERE identity <> ''
            UNION ALL
            SELECT relname || ' is a sequence' FROM pg_class
            WHERE relkind = 'S' AND relnamespace = 'promptforge'::regnamespace
            """);

    /** Except started_at, which determines the partition of a span, and version numbers. */
    static final SchemaRule UUID_KEYS = new SchemaRule("keys and references are uuid", """
            SELECT DISTINCT format('%s.%s is %s', c.table_name, c.name, c.type) FROM columns c
            LEFT JOIN constraints k ON k.table_id = c.table_id AND c.name = ANY (k.columns)
            WHERE c.type <> 'uuid'
            AND (c.name = 'id' OR (k.kind IN ('p', 'f') AND c.name NOT IN ('started_at', 'previous_version_number')))
            """);

    /** They exclude varchar(n), enumerated types, real and timestamps without time zone. */
    static final SchemaRule FEW_TYPES = new SchemaRule("columns have one of the allowed types", """
            SELECT format('%s.%s is %s', table_name, name, type) FROM columns
            WHERE type NOT IN ('uuid', 'uuid[]', 'text', 'text[]', 'boolean', 'integer', 'bigint', 'numeric', 'double precision',
                               'date', 'json', 'jsonb', 'bytea', 'timestamp with time zone')
            AND type !~ '^numeric[(][0-9,]+[)]$'
            UNION ALL
            SELECT typname || ' is a type of its own' FROM pg_type
            WHERE typnamespace = 'promptforge'::regnamespace AND typtype IN ('e', 'd')
            """);

    static final SchemaRule EXACT_MONEY = new SchemaRule("money is numeric, with 12 decimals at least", """
            SELECT format('%s.%s is %s', table_name, name, type) FROM columns
            WHERE name ~ '(^|_)(cost|price)(_|$)' AND type NOT IN ('numeric', 'numeric(18,12)', 'boolean', 'uuid')
            """);

    static final SchemaRule EXACT_NUMBERS = new SchemaRule("only a sampling temperature is floating-point", """
            SELECT format('%s.%s is %s', table_name, name, type) FROM columns
            WHERE type = 'double precision' AND name <> 'temperature'
            """);

    static final SchemaRule CREATED_AT = new SchemaRule("every table has created_at", """
            SELECT name || ' has no created_at timestamptz NOT NULL DEFAULT now()' FROM tables t
            WHERE NOT EXISTS (
                SELECT FROM columns c
                JOIN pg_attrdef d ON d.adrelid = c.table_id AND d.adnum = c.number
                WHERE c.table_id = t.id AND c.name = 'created_at' AND c.type = 'timestamp with time zone' AND c.not_null
                AND pg_get_expr(d.adbin, d.adrelid) IN ('now()', 'clock_timestamp()'))
            """);

    /** Not required for a table with a trigger that refuses every update. */
    static final SchemaRule UPDATED_AT = new SchemaRule("a trigger sets updated_at", """
            SELECT name || ' has no updated_at timestamptz NOT NULL set by a trigger' FROM tables t
            WHERE NOT EXISTS (
                SELECT FROM update_triggers g
                WHERE g.table_id = t.id AND g.function = 'refuse_change' AND g.name = t.name || '_immutable' AND g.columns = '{}')
            AND NOT EXISTS (
                SELECT FROM columns c
                JOIN update_triggers g ON g.table_id = c.table_id
                    AND g.function = 'set_updated_at' AND g.columns = '{}' AND g.condition = ''
                WHERE c.table_id = t.id AND c.name = 'updated_at' AND c.type = 'timestamp with time zone' AND c.not_null)
            """);

    static final SchemaRule COMMENTS = new SchemaRule("every table, column and function has a comment", """
            SELECT name || ' has no comment' FROM tables WHERE coalesce(obj_description(id, 'pg_class'), '') = ''
            UNION ALL
            SELECT format('%s.%s has no comment', table_name, name) FROM columns
            WHERE coalesce(col_description(table_id, number), '') = ''
            UNION ALL
            SELECT proname || ' has no comment' FROM pg_proc
            WHERE pronamespace = 'promptforge'::regnamespace AND coalesce(obj_description(oid, 'pg_proc'), '') = ''
            """);

    static final List<SchemaRule> ALL =
            List.of(NO_SEQUENCES, UUID_KEYS, FEW_TYPES, EXACT_MONEY, EXACT_NUMBERS, CREATED_AT, UPDATED_AT, COMMENTS);

    private ColumnRules() {}
}
