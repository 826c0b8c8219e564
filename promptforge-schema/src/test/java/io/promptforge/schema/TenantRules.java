package io.promptforge.schema;

import java.util.List;

/** Rules about tenancy: a row always belongs to one organization, and refers only to rows of that organization. */
final class TenantRules {

    static final SchemaRule TENANT_COLUMN = new SchemaRule("every table but organizations has an organization_id", """
            SELECT name || ' has no organization_id uuid NOT NULL' FROM tables t
            WHERE name <> 'organizations' AND NOT EXISTS (
                SELECT FROM columns c
                WHERE c.table_id = t.id AND c.name = 'organization_id' AND c.type = 'uuid' AND c.not_null)
            """);

    static final SchemaRule PRIMARY_KEY = new SchemaRule("the primary key is organization_id and id", """
            SELECT t.name || ' has the primary key ' || coalesce(k.columns::text, 'none') FROM tables t
            LEFT JOIN constraints k ON k.table_id = t.id AND k.kind = 'p'
            WHERE k.columns IS DISTINCT FROM CASE t.name
                WHEN 'organizations' THEN ARRAY['id']
                WHEN 'spans' THEN ARRAY['organization_id', 'trace_id', 'id', 'started_at']
                ELSE ARRAY['organization_id', 'id'] END
            """);

    static final SchemaRule COMPOSITE_FOREIGN_KEYS =
            new SchemaRule("a foreign key begins with organization_id on both sides", """
            SELECT format('%s %s refers from %s to %s', table_name, name, columns, target_columns) FROM foreign_keys
            WHERE CASE target_name
                WHEN 'organizations' THEN columns <> ARRAY['organization_id'] OR target_columns <> ARRAY['id']
                ELSE columns[1] <> 'organization_id' OR target_columns[1] <> 'organization_id' OR cardinality(columns) < 2 END
            """);

    /** An erasure outlives what was erased. */
    static final SchemaRule GOES_WITH_THE_TENANT = new SchemaRule("rows are deleted with their organization", """
            SELECT name || ' has no foreign key to organizations ON DELETE CASCADE' FROM tables t
            WHERE name NOT IN ('organizations', 'erasures') AND NOT EXISTS (
                SELECT FROM foreign_keys f
                WHERE f.table_id = t.id AND f.columns = ARRAY['organization_id']
                AND f.target_name = 'organizations' AND f.on_delete = 'c')
            """);

    /** {@link SchemaRefusesTest} tests that these triggers work. */
    static final SchemaRule TENANT_NEVER_CHANGES = new SchemaRule("a trigger refuses a change of organization_id", """
            SELECT name || ' has no trigger that refuses another organization_id' FROM tables t
            WHERE name <> 'organizations' AND NOT EXISTS (
                SELECT FROM update_triggers g
                WHERE g.table_id = t.id AND g.function = 'refuse_change'
                AND (g.columns = '{}' OR 'organization_id' = ANY (g.columns))
                AND (g.condition = '' OR g.condition LIKE '%(new.organization_id <> old.organization_id)%'
                     OR (g.condition LIKE '%to_jsonb(new.*)%<>%to_jsonb(old.*)%' AND g.condition NOT LIKE '%organization_id%')))
            """);

    static final SchemaRule ISOLATED = new SchemaRule(
            "row-level security shows the set tenant only, also in partitions",
            "SELECT * FROM (" + Isolation.GAPS.replace("?", "'promptforge'") + ") gaps");

    /** Not what the database and a repricing derive from what is audited, and not the traces and spans that applications send. */
    static final SchemaRule AUDITED = new SchemaRule("changes are written to the audit log", """
            SELECT format('%s has no trigger that audits %s', t.name, o.name)
            FROM tables t, (VALUES ('inserts', 4), ('deletions', 8), ('updates', 16)) AS o (name, bit)
            WHERE t.name NOT IN ('audit_logs', 'audit_transactions', 'audit_entries', 'policy_versions', 'repriced_spans', 'erasures')
            AND (t.name NOT IN ('traces', 'spans') OR o.name <> 'inserts')
            AND NOT EXISTS (
                SELECT FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid
                WHERE g.tgrelid = t.id AND g.tgenabled IN ('O', 'A') AND p.proname LIKE 'audit\\_%' AND g.tgtype::integer & o.bit <> 0)
            """);

    static final SchemaRule NO_AUDITED_SECRETS = new SchemaRule("the audit log has no secrets", """
            SELECT format('%s.%s is written to the audit log', c.table_name, c.name)
            FROM columns c
            JOIN pg_trigger g ON g.tgrelid = c.table_id
            JOIN pg_proc p ON p.oid = g.tgfoid AND p.proname = 'audit_row'
            WHERE (c.type = 'bytea' OR c.name ~ '(password|secret|_hash$)' AND c.name <> 'content_hash')
            AND encode(g.tgargs, 'escape') !~ ('[{,]' || c.name || '[,}]')
            """);

    /** A new document is left out, or named here because it says what was configured. */
    static final SchemaRule NO_AUDITED_PAYLOADS = new SchemaRule("the audit log has no payloads", """
            SELECT format('%s.%s is written to the audit log', c.table_name, c.name)
            FROM columns c
            JOIN pg_trigger g ON g.tgrelid = c.table_id
            JOIN pg_proc p ON p.oid = g.tgfoid AND p.proname = 'audit_row'
            WHERE c.type IN ('json', 'jsonb')
            AND c.name NOT IN ('settings', 'configuration', 'default_parameters', 'catalogue_entry', 'rates', 'scale', 'scales', 'rules')
            AND encode(g.tgargs, 'escape') !~ ('[{,]' || c.name || '[,}]')
            """);

    static final List<SchemaRule> ALL = List.of(
            TENANT_COLUMN,
            PRIMARY_KEY,
            COMPOSITE_FOREIGN_KEYS,
            GOES_WITH_THE_TENANT,
            TENANT_NEVER_CHANGES,
            ISOLATED,
            AUDITED,
            NO_AUDITED_SECRETS,
            NO_AUDITED_PAYLOADS);

    private TenantRules() {}
}
