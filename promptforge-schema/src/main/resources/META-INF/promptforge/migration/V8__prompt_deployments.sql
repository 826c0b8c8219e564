-- The version of a prompt that is live in an environment, with the history of earlier ones.

CREATE TABLE prompt_deployments (
    organization_id   uuid        NOT NULL,
    id                uuid        NOT NULL,
    prompt_id         uuid        NOT NULL,
    prompt_version_id uuid        NOT NULL,
    environment       text        NOT NULL,
    deployed_by       uuid,
    deployed_at       timestamptz NOT NULL,
    ended_by          uuid,
    ended_at          timestamptz,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT prompt_deployments_pkey                   PRIMARY KEY (organization_id, id),
    CONSTRAINT prompt_deployments_organization_id_fkey   FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT prompt_deployments_prompt_id_fkey         FOREIGN KEY (organization_id, prompt_id) REFERENCES prompts (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT prompt_deployments_prompt_version_id_fkey FOREIGN KEY (organization_id, prompt_id, prompt_version_id) REFERENCES prompt_versions (organization_id, prompt_id, id),
    CONSTRAINT prompt_deployments_deployed_by_fkey       FOREIGN KEY (organization_id, deployed_by) REFERENCES users (organization_id, id),
    CONSTRAINT prompt_deployments_ended_by_fkey          FOREIGN KEY (organization_id, ended_by) REFERENCES users (organization_id, id),
    CONSTRAINT prompt_deployments_environment_length     CHECK (environment ~ '\S' AND char_length(environment) <= 100),
    CONSTRAINT prompt_deployments_ended_at_order         CHECK (ended_at >= deployed_at),
    CONSTRAINT prompt_deployments_ended_by_actor         CHECK (ended_by IS NULL OR ended_at IS NOT NULL)
);

-- One live version per prompt and environment, also with concurrent deployments.
CREATE UNIQUE INDEX prompt_deployments_environment_key ON prompt_deployments (organization_id, prompt_id, environment) WHERE ended_at IS NULL;

CREATE INDEX prompt_deployments_deployed_at_idx       ON prompt_deployments (organization_id, prompt_id, deployed_at, id);
CREATE INDEX prompt_deployments_environment_idx       ON prompt_deployments (organization_id, prompt_id, environment, deployed_at, id);
CREATE INDEX prompt_deployments_prompt_version_id_idx ON prompt_deployments (organization_id, prompt_id, prompt_version_id);
CREATE INDEX prompt_deployments_deployed_by_idx       ON prompt_deployments (organization_id, deployed_by) WHERE deployed_by IS NOT NULL;
CREATE INDEX prompt_deployments_ended_by_idx          ON prompt_deployments (organization_id, ended_by) WHERE ended_by IS NOT NULL;

-- A prompt belongs to one organization: see prompts_project_id_dependencies.
CREATE STATISTICS prompt_deployments_prompt_id_dependencies (dependencies) ON organization_id, prompt_id FROM prompt_deployments;

CREATE TRIGGER prompt_deployments_updated_at BEFORE UPDATE ON prompt_deployments
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER prompt_deployments_history BEFORE UPDATE ON prompt_deployments
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL
        OR (to_jsonb(NEW) - '{ended_at,ended_by,updated_at}'::text[]) <> (to_jsonb(OLD) - '{ended_at,ended_by,updated_at}'::text[]))
    EXECUTE FUNCTION refuse_change('a deployment never changes, except that it ends once');
-- At depth 0, the deployment itself is deleted; the cascade from its prompt has a greater depth.
CREATE TRIGGER prompt_deployments_kept BEFORE DELETE ON prompt_deployments
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change('a deployment is deleted only with its prompt');

SELECT isolate_tenants('prompt_deployments');

COMMENT ON TABLE  prompt_deployments                   IS 'A version of a prompt in an environment, from its deployment to its end. Never changes, except that it ends once.';
COMMENT ON COLUMN prompt_deployments.organization_id   IS 'The tenant.';
COMMENT ON COLUMN prompt_deployments.id                IS 'UUIDv7.';
COMMENT ON COLUMN prompt_deployments.prompt_id         IS 'The prompt.';
COMMENT ON COLUMN prompt_deployments.prompt_version_id IS 'The version, always a version of prompt_id.';
COMMENT ON COLUMN prompt_deployments.environment       IS 'The environment (production, staging or any name), case-sensitive, 1 to 100 characters.';
COMMENT ON COLUMN prompt_deployments.deployed_by       IS 'The user who deployed it; null when a service did.';
COMMENT ON COLUMN prompt_deployments.deployed_at       IS 'When it became live.';
COMMENT ON COLUMN prompt_deployments.ended_by          IS 'The user who replaced or withdrew it; null while it is live, or when a service did.';
COMMENT ON COLUMN prompt_deployments.ended_at          IS 'When it was replaced or withdrawn; null while it is live.';
COMMENT ON COLUMN prompt_deployments.created_at        IS 'When the row was written.';
COMMENT ON COLUMN prompt_deployments.updated_at        IS 'When the row was last changed; set by the database.';
