-- A prompt is a name; its text is in its versions, which are numbered 1, 2, 3 … and never change.

CREATE TABLE prompts (
    organization_id       uuid        NOT NULL,
    id                    uuid        NOT NULL,
    project_id            uuid        NOT NULL,
    name                  text        NOT NULL,
    description           text,
    category              text,
    status                text        NOT NULL DEFAULT 'draft',
    current_version_id    uuid,
    latest_version_number integer     NOT NULL DEFAULT 0,
    created_by            uuid,
    created_at            timestamptz NOT NULL DEFAULT now(),
    updated_at            timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT prompts_pkey                        PRIMARY KEY (organization_id, id),
    CONSTRAINT prompts_organization_id_fkey        FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT prompts_project_id_fkey             FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT prompts_created_by_fkey             FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id),
    CONSTRAINT prompts_name_key                    UNIQUE (organization_id, project_id, name),
    CONSTRAINT prompts_name_length                 CHECK (name ~ '\S' AND char_length(name) <= 200),
    CONSTRAINT prompts_description_length          CHECK (char_length(description) <= 4000),
    CONSTRAINT prompts_category_length             CHECK (category ~ '\S' AND char_length(category) <= 100),
    CONSTRAINT prompts_status_values               CHECK (status IN ('draft', 'active', 'archived')),
    CONSTRAINT prompts_latest_version_number_range CHECK (latest_version_number >= 0)
);

-- The orders of the lists, of one project and of the whole organization.
CREATE INDEX prompts_created_at_idx              ON prompts (organization_id, project_id, created_at, id);
CREATE INDEX prompts_updated_at_idx              ON prompts (organization_id, project_id, updated_at, id);
CREATE INDEX prompts_organization_created_at_idx ON prompts (organization_id, created_at, id);
CREATE INDEX prompts_organization_updated_at_idx ON prompts (organization_id, updated_at, id);
CREATE INDEX prompts_organization_name_idx       ON prompts (organization_id, name, id);
CREATE INDEX prompts_created_by_idx              ON prompts (organization_id, created_by) WHERE created_by IS NOT NULL;

-- A project belongs to one organization. Otherwise PostgreSQL multiplies the selectivities of both columns, expects few rows of
-- a big project, and sorts all of them for a page instead of reading the page from an index.
CREATE STATISTICS prompts_project_id_dependencies (dependencies) ON organization_id, project_id FROM prompts;

CREATE TRIGGER prompts_updated_at BEFORE UPDATE ON prompts
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER prompts_organization_id_fixed BEFORE UPDATE OF organization_id ON prompts
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('a prompt never moves to another organization');
CREATE TRIGGER prompts_latest_version_number_grows BEFORE UPDATE OF latest_version_number ON prompts
    FOR EACH ROW WHEN (NEW.latest_version_number < OLD.latest_version_number) EXECUTE FUNCTION refuse_change('latest_version_number never decreases');

COMMENT ON TABLE  prompts                       IS 'A named prompt of a project. Its text is in its versions.';
COMMENT ON COLUMN prompts.organization_id       IS 'The tenant.';
COMMENT ON COLUMN prompts.id                    IS 'UUIDv7.';
COMMENT ON COLUMN prompts.project_id            IS 'The project it belongs to.';
COMMENT ON COLUMN prompts.name                  IS 'The name that applications ask for, unique in the project, 1 to 200 characters.';
COMMENT ON COLUMN prompts.description           IS 'Free text, at most 4,000 characters.';
COMMENT ON COLUMN prompts.category              IS 'A word to group prompts by, at most 100 characters.';
COMMENT ON COLUMN prompts.status                IS 'draft, active or archived.';
COMMENT ON COLUMN prompts.current_version_id    IS 'The version that is served by default; always a version of this prompt. Null only before the first version.';
COMMENT ON COLUMN prompts.latest_version_number IS 'The number of the newest version; the next one gets this plus one, under the lock of this row. Never decreases.';
COMMENT ON COLUMN prompts.created_by            IS 'The user who created it; null when a service did.';
COMMENT ON COLUMN prompts.created_at            IS 'When the row was written.';
COMMENT ON COLUMN prompts.updated_at            IS 'When the row was last changed; set by the database.';


-- IMMUTABLE is correct: the text of a jsonb is canonical, and the encoding of the database never changes.
CREATE FUNCTION prompt_content_hash(template text, system_message text, variables jsonb, model_configuration jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN encode(sha256(convert_to(jsonb_build_array(template, system_message, variables, model_configuration)::text, 'UTF8')), 'hex');
COMMENT ON FUNCTION prompt_content_hash(text, text, jsonb, jsonb) IS
    'SHA-256, in hex, of the content of a prompt version; the order of JSON keys does not matter.';

CREATE TABLE prompt_versions (
    organization_id         uuid        NOT NULL,
    id                      uuid        NOT NULL,
    prompt_id               uuid        NOT NULL,
    version_number          integer     NOT NULL,
    previous_version_number integer     GENERATED ALWAYS AS (NULLIF(version_number - 1, 0)) STORED,
    template                text        NOT NULL,
    system_message          text,
    variables               jsonb       NOT NULL DEFAULT '{}',
    model_configuration     jsonb       NOT NULL DEFAULT '{}',
    tags                    text[]      NOT NULL DEFAULT '{}',
    commit_message          text,
    content_hash            text        NOT NULL GENERATED ALWAYS AS (prompt_content_hash(template, system_message, variables, model_configuration)) STORED,
    created_by              uuid,
    created_at              timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT prompt_versions_pkey                         PRIMARY KEY (organization_id, id),
    CONSTRAINT prompt_versions_organization_id_fkey         FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT prompt_versions_prompt_id_fkey               FOREIGN KEY (organization_id, prompt_id) REFERENCES prompts (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT prompt_versions_created_by_fkey              FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id),
    CONSTRAINT prompt_versions_version_number_key           UNIQUE (organization_id, prompt_id, version_number),
    CONSTRAINT prompt_versions_prompt_id_id_key             UNIQUE (organization_id, prompt_id, id),
    -- No gaps: version n requires version n - 1.
    CONSTRAINT prompt_versions_previous_version_number_fkey FOREIGN KEY (organization_id, prompt_id, previous_version_number)
        REFERENCES prompt_versions (organization_id, prompt_id, version_number),
    CONSTRAINT prompt_versions_version_number_range         CHECK (version_number >= 1),
    CONSTRAINT prompt_versions_template_length              CHECK (template ~ '\S' AND octet_length(template) <= 1048576),
    CONSTRAINT prompt_versions_system_message_length        CHECK (octet_length(system_message) <= 1048576),
    CONSTRAINT prompt_versions_variables_document           CHECK (jsonb_typeof(variables) = 'object' AND pg_column_size(variables) <= 262144),
    CONSTRAINT prompt_versions_model_configuration_document CHECK (jsonb_typeof(model_configuration) = 'object' AND pg_column_size(model_configuration) <= 65536),
    CONSTRAINT prompt_versions_tags_length                  CHECK (array_position(tags, NULL) IS NULL AND cardinality(tags) <= 50 AND pg_column_size(tags) <= 8192),
    CONSTRAINT prompt_versions_commit_message_length        CHECK (char_length(commit_message) <= 4000)
);

CREATE INDEX prompt_versions_previous_version_number_idx ON prompt_versions (organization_id, prompt_id, previous_version_number);
CREATE INDEX prompt_versions_created_by_idx              ON prompt_versions (organization_id, created_by) WHERE created_by IS NOT NULL;

-- A prompt belongs to one organization: see prompts_project_id_dependencies.
CREATE STATISTICS prompt_versions_prompt_id_dependencies (dependencies) ON organization_id, prompt_id FROM prompt_versions;

-- The only cycle of foreign keys: the current version of a prompt is one of its own versions.
ALTER TABLE prompts ADD CONSTRAINT prompts_current_version_id_fkey
    FOREIGN KEY (organization_id, id, current_version_id) REFERENCES prompt_versions (organization_id, prompt_id, id);

CREATE TRIGGER prompt_versions_immutable BEFORE UPDATE ON prompt_versions
    FOR EACH ROW EXECUTE FUNCTION refuse_change('a prompt version never changes; commit a new one');
-- At depth 0, the version itself is deleted; the cascade from its prompt has a greater depth.
CREATE TRIGGER prompt_versions_kept BEFORE DELETE ON prompt_versions
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change('a prompt version is deleted only with its prompt');

COMMENT ON TABLE  prompt_versions                         IS 'The text of a prompt as it was committed. Never changes, and is deleted only with its prompt.';
COMMENT ON COLUMN prompt_versions.organization_id         IS 'The tenant.';
COMMENT ON COLUMN prompt_versions.id                      IS 'UUIDv7.';
COMMENT ON COLUMN prompt_versions.prompt_id               IS 'The prompt it is a version of.';
COMMENT ON COLUMN prompt_versions.version_number          IS '1, 2, 3 … per prompt, without gaps, never reused.';
COMMENT ON COLUMN prompt_versions.previous_version_number IS 'version_number - 1, null for the first; its foreign key prevents gaps.';
COMMENT ON COLUMN prompt_versions.template                IS 'The text with its {{variables}}, at most 1 MiB.';
COMMENT ON COLUMN prompt_versions.system_message          IS 'The system message, at most 1 MiB; null for none.';
COMMENT ON COLUMN prompt_versions.variables               IS 'JSON Schema (an object) of the template''s variables, at most 256 KiB.';
COMMENT ON COLUMN prompt_versions.model_configuration     IS 'JSON object of the model and the request parameters for this version, at most 64 KiB.';
COMMENT ON COLUMN prompt_versions.tags                    IS 'Words to find it by, at most 50.';
COMMENT ON COLUMN prompt_versions.commit_message          IS 'The change and its reason, at most 4,000 characters.';
COMMENT ON COLUMN prompt_versions.content_hash            IS 'SHA-256 in hex of template, system message, variables and model configuration; computed by the database.';
COMMENT ON COLUMN prompt_versions.created_by              IS 'The author; null when a service committed it.';
COMMENT ON COLUMN prompt_versions.created_at              IS 'When it was committed.';
