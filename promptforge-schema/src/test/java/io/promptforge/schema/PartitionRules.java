package io.promptforge.schema;

import java.util.List;

/** Rules about the monthly partitions of spans, which exist before they are needed. */
final class PartitionRules {

    static final SchemaRule BY_START = new SchemaRule("spans are partitioned by started_at", """
            SELECT 'spans is partitioned by ' || coalesce(pg_get_partkeydef(id), 'nothing') FROM tables
            WHERE name = 'spans' AND pg_get_partkeydef(id) IS DISTINCT FROM 'RANGE (started_at)'
            """);

    static final SchemaRule DEFAULT_PARTITION =
            new SchemaRule("a default partition catches spans of other months", """
            SELECT 'spans has no default partition'
            WHERE NOT EXISTS (
                SELECT FROM pg_partitioned_table p JOIN tables t ON t.id = p.partrelid
                WHERE t.name = 'spans' AND p.partdefid <> 0)
            """);

    static final SchemaRule MADE_AHEAD =
            new SchemaRule("this month and the next have partitions, with bounds at midnight UTC", """
            , months AS (
                SELECT (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => n)) AS start
                FROM generate_series(0, 1) AS n),
            partitions AS (
                SELECT regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \\(''(.*)''\\) TO \\(''(.*)''\\)') AS bounds
                FROM tables t JOIN pg_inherits i ON i.inhparent = t.id JOIN pg_class c ON c.oid = i.inhrelid
                WHERE t.name = 'spans')
            SELECT 'spans has no partition for ' || to_char(m.start, 'YYYY-MM') FROM months m
            WHERE NOT EXISTS (
                SELECT FROM partitions p
                WHERE p.bounds[1]::timestamptz = m.start AT TIME ZONE 'UTC'
                AND p.bounds[2]::timestamptz = (m.start + interval '1 month') AT TIME ZONE 'UTC')
            """);

    static final List<SchemaRule> ALL = List.of(BY_START, DEFAULT_PARTITION, MADE_AHEAD);

    private PartitionRules() {}
}
