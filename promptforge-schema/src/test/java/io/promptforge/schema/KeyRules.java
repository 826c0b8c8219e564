package io.promptforge.schema;

import java.util.List;

/** Rules about keys and foreign keys, and the names of constraints and indexes. */
final class KeyRules {

    static final SchemaRule UNIQUE_IN_THE_TENANT =
            new SchemaRule("unique keys include organization_id, except what identifies a user who logs in", """
            SELECT format('%s %s is unique on %s', table_name, name, columns) FROM indexes
            WHERE is_unique AND table_name <> 'organizations' AND NOT 'organization_id' = ANY (columns)
            AND name NOT IN ('users_email_key', 'users_sso_subject_key')
            """);

    static final SchemaRule NO_REWRITTEN_REFERENCES = new SchemaRule("no foreign key sets columns of its own row", """
            SELECT format('%s %s acts on delete %s, on update %s', table_name, name, on_delete, on_update) FROM foreign_keys
            WHERE on_delete IN ('n', 'd') OR on_update IN ('c', 'n', 'd')
            """);

    /**
     * The index begins with the columns of the foreign key, in any order, or is unique on some of them. It may be partial if it
     * excludes only rows with a null in one of these columns, which refer to nothing.
     */
    static final SchemaRule INDEXED_FOREIGN_KEYS = new SchemaRule("every foreign key has an index that serves it", """
            SELECT format('%s %s has no index on %s', table_name, name, columns) FROM foreign_keys f
            WHERE NOT EXISTS (
                SELECT FROM indexes i
                WHERE i.table_id = f.table_id
                AND (i.columns[1:cardinality(f.columns)] @> f.columns OR (i.is_unique AND i.columns <@ f.columns))
                AND (i.predicate IS NULL OR (
                    i.predicate ~ '^[(]*[a-z_]+ IS NOT NULL[)]*( AND [(]*[a-z_]+ IS NOT NULL[)]*)*$'
                    AND ARRAY(SELECT m[1] FROM regexp_matches(i.predicate, '([a-z_]+) IS NOT NULL', 'g') AS m) <@ f.columns)))
            """);

    /**
     * PostgreSQL takes the newest of indexes that seem equally good, as all of the organization do while there are few rows. For
     * prompt_versions, this is the one by which a version finds the version before it.
     */
    static final SchemaRule NEWEST_KEY = new SchemaRule(
            "the primary key of a table that others refer to is its newest index of the organization", """
            SELECT format('%s has the newer index %s', i.table_name, i.name) FROM indexes i
            JOIN indexes key ON key.table_id = i.table_id AND key.name = key.table_name || '_pkey' AND key.id < i.id
            WHERE i.columns[1] = 'organization_id' AND i.predicate IS NULL
            AND i.table_name IN (SELECT target_name FROM foreign_keys) AND i.table_name <> 'prompt_versions'
            """);

    /**
     * References of a table to itself do not count: parents are inserted first, while a cycle of tables needs an additional
     * UPDATE.
     */
    static final SchemaRule ONE_CYCLE =
            new SchemaRule("the only cycle of foreign keys is between prompts and prompt_versions", """
            , reached AS (
                SELECT table_name, target_name FROM foreign_keys WHERE table_name <> target_name
                UNION
                SELECT r.table_name, f.target_name FROM reached r
                JOIN foreign_keys f ON f.table_name = r.target_name AND f.table_name <> f.target_name),
            cyclic AS (
                SELECT f.table_name, f.name FROM foreign_keys f
                JOIN reached r ON r.table_name = f.target_name AND r.target_name = f.table_name
                WHERE f.table_name <> f.target_name),
            expected (table_name, name) AS (
                VALUES ('prompts', 'prompts_current_version_id_fkey'), ('prompt_versions', 'prompt_versions_prompt_id_fkey'))
            SELECT format('%s %s is part of a cycle', table_name, name) FROM (TABLE cyclic EXCEPT TABLE expected) AS extra
            UNION ALL
            SELECT format('%s %s is not part of a cycle', table_name, name) FROM (TABLE expected EXCEPT TABLE cyclic) AS missing
            """);

    static final SchemaRule OWN_CURRENT_VERSION =
            new SchemaRule("the current version is a version of the same prompt", """
            SELECT 'prompts has no foreign key (organization_id, id, current_version_id) to its own versions'
            WHERE NOT EXISTS (
                SELECT FROM foreign_keys
                WHERE name = 'prompts_current_version_id_fkey' AND target_name = 'prompt_versions'
                AND columns = ARRAY['organization_id', 'id', 'current_version_id']
                AND target_columns = ARRAY['organization_id', 'prompt_id', 'id'])
            """);

    /**
     * {@code <table>_<column>_<rule>}, from which the library makes its messages. The rule must not be {@code check}, the
     * suffix that PostgreSQL gives to constraints without a name.
     */
    static final SchemaRule NAMED_CONSTRAINTS =
            new SchemaRule("a constraint is named after its table, one of its columns and its rule", """
            SELECT format('%s has a constraint with the name %s', table_name, name) FROM constraints k
            WHERE CASE kind
                WHEN 'p' THEN name <> table_name || '_pkey'
                WHEN 'f' THEN NOT EXISTS (
                    SELECT FROM unnest(k.columns) AS c (name) WHERE k.name = k.table_name || '_' || c.name || '_fkey')
                WHEN 'u' THEN NOT EXISTS (
                    SELECT FROM unnest(k.columns) AS c (name) WHERE k.name LIKE k.table_name || '\\_' || c.name || '\\_%key')
                ELSE NOT EXISTS (
                    SELECT FROM columns c WHERE c.table_id = k.table_id AND c.name = ANY (k.columns)
                    AND k.name LIKE k.table_name || '\\_' || c.name || '\\_%'
                    AND substr(k.name, length(k.table_name || c.name) + 3) ~ '^[a-z]+$'
                    AND k.name NOT LIKE '%\\_check') END
            """);

    static final SchemaRule NAMED_INDEXES = new SchemaRule("an index is named after its table and its purpose", """
            SELECT format('%s has an index with the name %s', table_name, name) FROM indexes
            WHERE name !~ CASE WHEN is_unique THEN '_(pkey|key)$' ELSE '_idx$' END
            OR name NOT LIKE replace(table_name, '_', '\\_') || '\\_%'
            """);

    static final List<SchemaRule> ALL = List.of(
            UNIQUE_IN_THE_TENANT,
            NO_REWRITTEN_REFERENCES,
            INDEXED_FOREIGN_KEYS,
            NEWEST_KEY,
            ONE_CYCLE,
            OWN_CURRENT_VERSION,
            NAMED_CONSTRAINTS,
            NAMED_INDEXES);

    private KeyRules() {}
}
