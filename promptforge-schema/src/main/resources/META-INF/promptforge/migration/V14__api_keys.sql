-- Keys with which the services of an organization authenticate.

CREATE TABLE api_keys (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    name            text        NOT NULL,
    hash            bytea       NOT NULL,
    previous_hash   bytea,
    previous_until  timestamptz,
    rights          text[]      NOT NULL,
    project_ids     uuid[],
    expires_at      timestamptz,
    revoked_at      timestamptz,
    last_used_at    timestamptz,
    created_by      uuid,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT api_keys_pkey                 PRIMARY KEY (organization_id, id),
    CONSTRAINT api_keys_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT api_keys_created_by_fkey      FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id),
    CONSTRAINT api_keys_name_key             UNIQUE (organization_id, name),
    CONSTRAINT api_keys_name_length          CHECK (name ~ '\S' AND char_length(name) <= 200),
    CONSTRAINT api_keys_hash_length          CHECK (octet_length(hash) = 32),
    CONSTRAINT api_keys_previous_hash_length CHECK (octet_length(previous_hash) = 32),
    CONSTRAINT api_keys_previous_until_pair  CHECK ((previous_hash IS NULL) = (previous_until IS NULL)),
    -- Not manage_api_keys: a key that makes keys could outlive its own revocation.
    CONSTRAINT api_keys_rights_format        CHECK (cardinality(rights) > 0 AND rights <@ ARRAY['read', 'record_traces', 'edit_traces',
        'edit_projects', 'edit_prompts', 'deploy_prompts', 'run_evaluations', 'edit_evaluators', 'edit_models', 'edit_policies',
        'record_violations', 'handle_violations', 'enforce_policies', 'set_prices', 'manage_providers', 'read_secrets', 'manage_users',
        'read_audit_log', 'manage_organization']),
    CONSTRAINT api_keys_project_ids_length   CHECK (array_position(project_ids, NULL) IS NULL AND cardinality(project_ids) BETWEEN 1 AND 1000)
);

CREATE INDEX api_keys_created_by_idx ON api_keys (organization_id, created_by) WHERE created_by IS NOT NULL;

-- A foreign key cannot begin in an array. A project that is deleted later grants nothing and stays in the array, since an empty one
-- would not limit the key.
CREATE FUNCTION check_projects_of_api_key() RETURNS trigger
    LANGUAGE plpgsql SET search_path FROM CURRENT AS
$$
BEGIN
    IF cardinality(array(SELECT DISTINCT unnest(NEW.project_ids))) >
        (SELECT count(*) FROM projects WHERE organization_id = NEW.organization_id AND id = ANY (NEW.project_ids)) THEN
        RAISE EXCEPTION 'an API key is limited to projects of its organization'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'api_keys_project_ids_fkey', HINT = 'api_keys_project_ids_fkey';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION check_projects_of_api_key() IS 'Trigger: refuses ids that are not those of projects of the organization.';

CREATE TRIGGER api_keys_project_ids_exist BEFORE INSERT OR UPDATE OF project_ids ON api_keys
    FOR EACH ROW WHEN (NEW.project_ids IS NOT NULL) EXECUTE FUNCTION check_projects_of_api_key();
CREATE TRIGGER api_keys_updated_at BEFORE UPDATE ON api_keys
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER api_keys_organization_id_fixed BEFORE UPDATE OF organization_id ON api_keys
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('an API key never moves to another organization');
CREATE TRIGGER api_keys_revoked BEFORE UPDATE OF revoked_at ON api_keys
    FOR EACH ROW WHEN (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
    EXECUTE FUNCTION refuse_change('a revoked API key stays revoked');

SELECT isolate_tenants('api_keys');
SELECT audit_changes('api_keys', '{hash,previous_hash}', '{last_used_at}');

COMMENT ON TABLE  api_keys                 IS 'A key with which a service of the organization authenticates. The text of the key is shown once and never stored.';
COMMENT ON COLUMN api_keys.organization_id IS 'The tenant; part of the text of the key, so that it is found by the primary key.';
COMMENT ON COLUMN api_keys.id              IS 'UUIDv7; part of the text of the key.';
COMMENT ON COLUMN api_keys.name            IS 'What uses the key, unique in the organization, 1 to 200 characters.';
COMMENT ON COLUMN api_keys.hash            IS 'HMAC-SHA-256 of the text of the key, 32 bytes, by the secret of the host.';
COMMENT ON COLUMN api_keys.previous_hash   IS 'The hash before the key was last rotated, 32 bytes; null if it never was.';
COMMENT ON COLUMN api_keys.previous_until  IS 'Until when the text before the last rotation is accepted; null if it never was rotated.';
COMMENT ON COLUMN api_keys.rights          IS 'What the key may do, at least one right: read, record_traces, edit_prompts and so on; never the management of keys.';
COMMENT ON COLUMN api_keys.project_ids     IS 'The projects it is limited to, 1 to 1,000; null: all.';
COMMENT ON COLUMN api_keys.expires_at      IS 'When it stops being accepted; null: never.';
COMMENT ON COLUMN api_keys.revoked_at      IS 'When it was revoked; null if it was not.';
COMMENT ON COLUMN api_keys.last_used_at    IS 'When it was last used, to an hour; null before the first use.';
COMMENT ON COLUMN api_keys.created_by      IS 'The user who created it; null when a service did.';
COMMENT ON COLUMN api_keys.created_at      IS 'When the row was written.';
COMMENT ON COLUMN api_keys.updated_at      IS 'When the row was last changed; set by the database.';
