-- What was deleted for good: by it, an older backup can be restored without bringing that back.
--
-- The audit log cannot serve for this: it goes with its organization, is cut after a while, has only the number of traces that one
-- statement deleted, and does not tell retention, which deletes again after a restore, from a deletion that was asked for.

-- No foreign key to organizations: an entry outlives the organization.
CREATE TABLE erasures (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL DEFAULT gen_random_uuid(),
    table_name      text        NOT NULL,
    row_id          uuid        NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT erasures_pkey PRIMARY KEY (organization_id, id)
);

CREATE TRIGGER erasures_immutable BEFORE UPDATE ON erasures
    FOR EACH ROW EXECUTE FUNCTION refuse_change('an erasure never changes');

SELECT isolate_tenants('erasures');
SELECT keep_from_services('erasures');

COMMENT ON TABLE  erasures                 IS 'An organization, user or trace that was deleted for good, and not by retention. Entries older than every backup that is kept can be deleted.';
COMMENT ON COLUMN erasures.organization_id IS 'The tenant, or what was one.';
COMMENT ON COLUMN erasures.id              IS 'A random UUID. A backup has the entries of all that was erased before it.';
COMMENT ON COLUMN erasures.table_name      IS 'organizations, users or traces.';
COMMENT ON COLUMN erasures.row_id          IS 'The id of the row that was deleted.';
COMMENT ON COLUMN erasures.created_at      IS 'When it was deleted, by the clock.';


CREATE FUNCTION logs_erasures() RETURNS boolean
    LANGUAGE sql STABLE
    RETURN coalesce(current_setting(current_schema() || '.log_erasures', true), '') <> 'off';
COMMENT ON FUNCTION logs_erasures() IS
    'False where the transaction has set log_erasures to off, with the schema in front: retention, and what deletes rows to write them again.';

CREATE FUNCTION log_erased_rows() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
DECLARE
    erased record;
BEGIN
    IF NOT logs_erasures() THEN
        RETURN NULL;
    END IF;
    FOR erased IN SELECT organization_id, array_agg(id) AS ids FROM old_rows GROUP BY organization_id LOOP
        INSERT INTO erasures (organization_id, table_name, row_id)
        SELECT o.id, TG_ARGV[0], r.id FROM organizations o, unnest(erased.ids) AS r (id) WHERE o.id = erased.organization_id;
    END LOOP;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION log_erased_rows() IS
    'Trigger: logs the rows that the statement deleted, but not those that go with their organization. Its argument is the table, since a shard has another name.';
SELECT share_with_services('log_erased_rows()', 'erasures');

CREATE FUNCTION log_erased_organization() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
BEGIN
    IF logs_erasures() THEN
        DELETE FROM erasures WHERE organization_id = OLD.id;
        INSERT INTO erasures (organization_id, table_name, row_id) VALUES (OLD.id, 'organizations', OLD.id);
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION log_erased_organization() IS 'Trigger: logs the organization, instead of what was erased of it before.';
SELECT share_with_services('log_erased_organization()', 'erasures');

CREATE TRIGGER organizations_erased AFTER DELETE ON organizations
    FOR EACH ROW EXECUTE FUNCTION log_erased_organization();
CREATE TRIGGER users_erased AFTER DELETE ON users
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION log_erased_rows('users');
CREATE TRIGGER traces_erased AFTER DELETE ON traces
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION log_erased_rows('traces');
