package io.promptforge.dao;

import static io.promptforge.dao.TestTenant.NOON;

/** Fills a database with so many rows of so many tenants that PostgreSQL has reason to use its indexes. */
final class ManyRows {

    private static final int TENANTS = 40;

    /** Of each tenant in each table. */
    private static final int ROWS = 1_000;

    /**
     * An INSERT for each table of tenants, from the catalogue. A copy refers to what its original refers to, or to ids that are
     * the same for all copies of another tenant; what belongs to a unique index is numbered.
     */
    private static final String INSERTS = """
            WITH columns AS (
                SELECT t.relname, a.attnum, quote_ident(a.attname) AS name, a.atttypid::regtype::text AS type,
                       EXISTS (SELECT FROM pg_index i WHERE i.indrelid = t.oid AND i.indisunique
                               AND pg_get_indexdef(i.indexrelid) ~ ('\\m' || a.attname || '\\M')) AS is_key
                FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
                WHERE t.relnamespace = 'promptforge'::regnamespace AND t.relkind IN ('r', 'p') AND NOT t.relispartition
                AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = t.oid AND attname = 'organization_id')
            ), copies AS (
                SELECT relname, string_agg(name, ', ' ORDER BY attnum) AS names,
                       string_agg(name, ', ') FILTER (WHERE type LIKE 'timestamp%') AS times,
                       string_agg(CASE
                           WHEN name = 'organization_id' THEN 'org'
                           WHEN name = 'id' THEN 'gen_random_uuid()'
                           WHEN relname = 'project_memberships' AND name = 'user_id' THEN 'md5(n::text || k || user_id)::uuid'
                           WHEN type = 'uuid' THEN format('CASE k WHEN 0 THEN %1$s ELSE md5(k || %1$s::text)::uuid END', name)
                           WHEN type = 'text' AND is_key THEN format($$n || '-' || k || '-' || %s$$, name)
                           WHEN type IN ('integer', 'bigint') AND is_key THEN name || ' + 1000 * n'
                           WHEN type = 'boolean' AND is_key THEN 'false'
                           WHEN type LIKE 'timestamp%' THEN name || ' + later'
                           ELSE name END, ', ' ORDER BY attnum) AS values
                FROM columns WHERE relname <> 'audit_logs' GROUP BY relname -- a tenant has one
            )
            SELECT format($$
                INSERT INTO promptforge.%1$s (%2$s)
                SELECT %3$s
                FROM (SELECT t.*, row_number() OVER () AS place, count(*) OVER () AS originals
                      FROM promptforge.%1$s t WHERE organization_id = (SELECT org FROM tenants WHERE k = 0)) t
                CROSS JOIN tenants CROSS JOIN generate_series(place, #rows, originals) n
                CROSS JOIN LATERAL (SELECT times[1 + n %% cardinality(times)] - n * interval '1 second' - least(%4$s) AS later) shift
                ORDER BY k;
                $$, relname, names, values, times)
            FROM copies
            """;

    private ManyRows() {}

    /**
     * Copies the rows of a tenant, for itself and for other tenants, behind the library's back and without the checks of
     * foreign keys: it is only about their number. The times of the copies reach every partition.
     */
    static void fill(ClassDatabase database, Belongings own) {
        String inserts = String.join("", database.query(INSERTS)).replace("#rows", String.valueOf(ROWS));
        database.executeAsReplica("""
                CREATE TEMPORARY TABLE tenants AS
                SELECT k, CASE k WHEN 0 THEN '%s' ELSE gen_random_uuid() END AS org,
                       ARRAY[now() - interval '1 month', now(), now() + interval '1 month', now() + interval '2 months',
                             now() + interval '3 months', now() - interval '7 years', '%s'] AS times
                FROM generate_series(0, %d) k;
                INSERT INTO promptforge.organizations (id, name, slug)
                SELECT org, 'Many ' || k, 'many-' || k FROM tenants WHERE k > 0;
                %s
                ANALYZE
                """.formatted(own.fixture.organization().id(), NOON, TENANTS, inserts));
    }
}
