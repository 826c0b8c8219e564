-- How long traces are kept, and partitions of spans that can also be made once rows of their month are there.

ALTER TABLE organizations
    ADD COLUMN trace_retention_days integer,
    ADD CONSTRAINT organizations_trace_retention_days_range CHECK (trace_retention_days BETWEEN 1 AND 36500);
ALTER TABLE projects
    ADD COLUMN trace_retention_days integer,
    ADD CONSTRAINT projects_trace_retention_days_range CHECK (trace_retention_days BETWEEN 1 AND 36500);

COMMENT ON COLUMN organizations.trace_retention_days IS 'Days that traces are kept from their start, where the project does not say, 1 to 36,500; null: for ever.';
COMMENT ON COLUMN projects.trace_retention_days      IS 'Days that traces are kept from their start, 1 to 36,500; null: as the organization says.';


-- As its owner, so that a role that may only write spans can have a month made: what it can be made to do is bounded.
-- The time that is set for locks is for others of its kind, which wait for each other; the tables it waits for less long.
CREATE OR REPLACE FUNCTION create_span_partitions(first_month date, months integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout TO '1min' AS
$$
DECLARE
    this_month     timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    first_start    timestamp := date_trunc('month', first_month::timestamp);
    start_of_month timestamp;
    partition_name text;
    stored_columns text;
    created        integer := 0;
BEGIN
    FOR start_of_month IN SELECT generate_series(
        greatest(first_start, this_month - interval '10 years'),
        least(first_start + make_interval(months => months - 1), this_month + interval '2 years'),
        interval '1 month')
    LOOP
        partition_name := to_char(start_of_month, '"spans_y"YYYY"m"MM');
        CONTINUE WHEN to_regclass(format('%I.%I', current_schema(), partition_name)) IS NOT NULL;

        PERFORM pg_advisory_xact_lock(hashtextextended(format('%I.create_span_partitions', current_schema()), 0));
        -- Whoever writes or reads spans queues behind this. Less than deadlock_timeout, so that it is never others who lose.
        SET LOCAL lock_timeout TO '500ms';
        -- All that ATTACH locks, in the order in which a writer of traces does.
        LOCK TABLE organizations, ai_models, traces IN SHARE ROW EXCLUSIVE MODE;
        LOCK TABLE ONLY spans IN SHARE UPDATE EXCLUSIVE MODE;
        LOCK TABLE spans_default IN ACCESS EXCLUSIVE MODE;
        -- Another one may have made it meanwhile.
        CONTINUE WHEN to_regclass(format('%I.%I', current_schema(), partition_name)) IS NOT NULL;

        -- ATTACH makes the indexes, the foreign keys and the triggers.
        EXECUTE format('CREATE TABLE %I (LIKE spans INCLUDING ALL EXCLUDING COMMENTS EXCLUDING INDEXES EXCLUDING STATISTICS)', partition_name);
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO stored_columns
        FROM pg_attribute WHERE attrelid = 'spans'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
        EXECUTE format('WITH strays AS (DELETE FROM spans_default WHERE started_at >= %1$L AND started_at < %2$L RETURNING %3$s) '
            'INSERT INTO %4$I (%3$s) SELECT %3$s FROM strays',
            start_of_month AT TIME ZONE 'UTC', (start_of_month + interval '1 month') AT TIME ZONE 'UTC', stored_columns, partition_name);
        EXECUTE format('ALTER TABLE spans ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
            partition_name, start_of_month AT TIME ZONE 'UTC', (start_of_month + interval '1 month') AT TIME ZONE 'UTC');
        created := created + 1;
    END LOOP;
    RETURN created;
END
$$;
COMMENT ON FUNCTION create_span_partitions(date, integer) IS
    'Makes the missing monthly partitions of spans, from the month of first_month on, and moves the rows of those months out of the default partition; returns how many it made. Months of more than 10 years ago or 2 years ahead, which only a wrong clock names, are left out. Call it before the transaction writes; it gives up (55P03) when a table stays locked for half a second.';

-- A role's temporary tables must not pass for the function's own.
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION create_span_partitions(date, integer) SET search_path TO %I, pg_temp', current_schema());
END
$$;
