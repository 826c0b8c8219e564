ALTER TABLE projects      DROP COLUMN trace_retention_days;
ALTER TABLE organizations DROP COLUMN trace_retention_days;

CREATE OR REPLACE FUNCTION create_span_partitions(first_month date, months integer) RETURNS integer
    LANGUAGE plpgsql SET search_path FROM CURRENT AS
$$
DECLARE
    start_of_month timestamp;
    partition_name text;
    created        integer := 0;
BEGIN
    FOR i IN 0 .. months - 1 LOOP
        start_of_month := date_trunc('month', first_month::timestamp) + make_interval(months => i);
        partition_name := to_char(start_of_month, '"spans_y"YYYY"m"MM');
        CONTINUE WHEN to_regclass(partition_name) IS NOT NULL;
        EXECUTE format('CREATE TABLE %I PARTITION OF spans FOR VALUES FROM (%L) TO (%L)',
            partition_name, start_of_month AT TIME ZONE 'UTC', (start_of_month + interval '1 month') AT TIME ZONE 'UTC');
        created := created + 1;
    END LOOP;
    RETURN created;
END
$$;
COMMENT ON FUNCTION create_span_partitions(date, integer) IS
    'Makes the missing monthly partitions of spans, from the month of first_month on; returns how many it made.';
