-- A prompt is a name; its text is in its versions, which are numbered 1, 2, 3 … and never change, unless one is redacted.

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
ALTER TABLE prompts ADD CONSTRAINT prompts_pkey PRIMARY KEY (organization_id, id);

-- A project belongs to one organization. Otherwise PostgreSQL multiplies the selectivities of both columns, expects few rows of
-- a big project, and sorts all of them for a page instead of reading the page from an index.
CREATE STATISTICS prompts_project_id_dependencies (dependencies) ON organization_id, project_id FROM prompts;

CREATE TRIGGER prompts_updated_at BEFORE UPDATE ON prompts
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER prompts_organization_id_fixed BEFORE UPDATE OF organization_id ON prompts
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('a prompt never moves to another organization');
CREATE TRIGGER prompts_latest_version_number_grows BEFORE UPDATE OF latest_version_number ON prompts
    FOR EACH ROW WHEN (NEW.latest_version_number < OLD.latest_version_number) EXECUTE FUNCTION refuse_change('latest_version_number never decreases');

SELECT isolate_tenants('prompts');

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


-- The documents of a version are json, not jsonb: a model may answer differently when the keys of a schema change their order.

CREATE FUNCTION are_prompt_messages(messages json) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN json_typeof(messages) = 'array'
       AND jsonb_path_exists(messages::jsonb, '$[*]')
       AND NOT jsonb_path_exists(messages::jsonb, '$[*] ? (!(@.placeholder.type() == "string"
               || @.role like_regex "^(system|developer|user|assistant|tool)$" && @.parts.type() == "array" && exists(@.parts[*])))')
       AND NOT jsonb_path_exists(messages::jsonb, '$[*].parts[*] ? (!(
                  @.type == "text"        && @.text.type() == "string"
               || @.type == "image"       && @.url.type() == "string"
               || @.type == "tool_call"   && @.id.type() == "string" && @.name.type() == "string" && exists(@.arguments)
               || @.type == "tool_result" && @.tool_call_id.type() == "string" && @.text.type() == "string"))');
COMMENT ON FUNCTION are_prompt_messages(json) IS
    'Whether the document is an array of at least one message with a role and parts of a known type, or placeholder for messages.';

CREATE TABLE prompt_versions (
    organization_id         uuid        NOT NULL,
    id                      uuid        NOT NULL,
    prompt_id               uuid        NOT NULL,
    version_number          integer     NOT NULL,
    previous_version_number integer     GENERATED ALWAYS AS (NULLIF(version_number - 1, 0)) STORED,
    template_format         text        NOT NULL DEFAULT 'mustache',
    messages                json        NOT NULL,
    tools                   json        NOT NULL DEFAULT '[]',
    response_format         json,
    variables               json        NOT NULL DEFAULT '{}',
    model_configuration     json        NOT NULL DEFAULT '{}',
    tags                    text[]      NOT NULL DEFAULT '{}',
    commit_message          text,
    content_hash            text        NOT NULL,
    created_by              uuid,
    created_at              timestamptz NOT NULL DEFAULT now(),
    redacted_at             timestamptz,
    redacted_by             uuid,
    redaction_note          text,

    CONSTRAINT prompt_versions_pkey                         PRIMARY KEY (organization_id, id),
    CONSTRAINT prompt_versions_organization_id_fkey         FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT prompt_versions_prompt_id_fkey               FOREIGN KEY (organization_id, prompt_id) REFERENCES prompts (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT prompt_versions_created_by_fkey              FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id),
    CONSTRAINT prompt_versions_prompt_id_id_key             UNIQUE (organization_id, prompt_id, id),
    CONSTRAINT prompt_versions_version_number_range         CHECK (version_number >= 1),
    CONSTRAINT prompt_versions_template_format_values       CHECK (template_format IN ('mustache', 'handlebars', 'jinja', 'f_string', 'plain')),
    CONSTRAINT prompt_versions_messages_document            CHECK (are_prompt_messages(messages) AND octet_length(messages::text) <= 2097152),
    CONSTRAINT prompt_versions_tools_document               CHECK (jsonb_typeof(tools::jsonb) = 'array' AND octet_length(tools::text) <= 262144),
    CONSTRAINT prompt_versions_response_format_document     CHECK (jsonb_typeof(response_format::jsonb) = 'object' AND octet_length(response_format::text) <= 262144),
    CONSTRAINT prompt_versions_variables_document           CHECK (jsonb_typeof(variables::jsonb) = 'object' AND octet_length(variables::text) <= 262144),
    CONSTRAINT prompt_versions_model_configuration_document CHECK (jsonb_typeof(model_configuration::jsonb) = 'object' AND octet_length(model_configuration::text) <= 65536),
    CONSTRAINT prompt_versions_tags_length                  CHECK (array_position(tags, NULL) IS NULL AND cardinality(tags) <= 50 AND pg_column_size(tags) <= 8192),
    CONSTRAINT prompt_versions_commit_message_length        CHECK (char_length(commit_message) <= 4000),
    CONSTRAINT prompt_versions_redacted_at_note             CHECK ((redacted_at IS NULL) = (redaction_note IS NULL)),
    CONSTRAINT prompt_versions_redaction_note_length        CHECK (redaction_note ~ '\S' AND char_length(redaction_note) <= 1000)
);

CREATE INDEX prompt_versions_previous_version_number_idx ON prompt_versions (organization_id, prompt_id, previous_version_number);
CREATE INDEX prompt_versions_created_by_idx              ON prompt_versions (organization_id, created_by) WHERE created_by IS NOT NULL;

-- The newest index here, instead of the primary key: with another one, the foreign key below would read all versions of the prompt, or of
-- the organization, for each new version.
ALTER TABLE prompt_versions ADD CONSTRAINT prompt_versions_version_number_key UNIQUE (organization_id, prompt_id, version_number);
-- No gaps: version n requires version n - 1.
ALTER TABLE prompt_versions ADD CONSTRAINT prompt_versions_previous_version_number_fkey
    FOREIGN KEY (organization_id, prompt_id, previous_version_number) REFERENCES prompt_versions (organization_id, prompt_id, version_number);

-- A prompt belongs to one organization: see prompts_project_id_dependencies.
CREATE STATISTICS prompt_versions_prompt_id_dependencies (dependencies) ON organization_id, prompt_id FROM prompt_versions;

SELECT isolate_tenants('prompt_versions');

-- The only cycle of foreign keys: the current version of a prompt is one of its own versions. Checked at the commit, so that prompts are
-- inserted with the version that they serve, and a restore can load one table after the other.
ALTER TABLE prompts ADD CONSTRAINT prompts_current_version_id_fkey
    FOREIGN KEY (organization_id, id, current_version_id) REFERENCES prompt_versions (organization_id, prompt_id, id)
    DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION set_prompt_content_hash() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    NEW.content_hash := encode(sha256(convert_to(
        json_build_array(NEW.template_format, NEW.messages, NEW.tools, NEW.response_format, NEW.variables, NEW.model_configuration)::text,
        'UTF8')), 'hex');
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION set_prompt_content_hash() IS
    'Trigger: sets the hash of a new version. No generated column, since the hash stays when the text is redacted.';
CREATE TRIGGER prompt_versions_content_hash BEFORE INSERT ON prompt_versions
    FOR EACH ROW EXECUTE FUNCTION set_prompt_content_hash();

CREATE FUNCTION redact_prompt_version() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    NEW.template_format     := 'plain';
    NEW.messages            := json_build_array(json_build_object('role', 'user', 'parts', json_build_array(
                                   json_build_object('type', 'text', 'text', NEW.redaction_note))));
    NEW.tools               := '[]';
    NEW.response_format     := NULL;
    NEW.variables           := '{}';
    NEW.model_configuration := '{}';
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION redact_prompt_version() IS
    'Trigger: replaces the content of a version by the note of its redaction.';

-- Only a redaction changes a version, and only once. What it changes beside its own columns is decided by its trigger.
CREATE TRIGGER prompt_versions_immutable BEFORE UPDATE ON prompt_versions
    FOR EACH ROW WHEN (OLD.redacted_at IS NOT NULL OR NEW.redacted_at IS NULL
        OR NEW.organization_id <> OLD.organization_id
        OR (NEW.id, NEW.prompt_id, NEW.version_number, NEW.tags, NEW.commit_message, NEW.content_hash, NEW.created_by, NEW.created_at)
            IS DISTINCT FROM
           (OLD.id, OLD.prompt_id, OLD.version_number, OLD.tags, OLD.commit_message, OLD.content_hash, OLD.created_by, OLD.created_at))
    EXECUTE FUNCTION refuse_change('a prompt version never changes, except that it is redacted once; commit a new one');
CREATE TRIGGER prompt_versions_redacted BEFORE UPDATE OF redacted_at ON prompt_versions
    FOR EACH ROW EXECUTE FUNCTION redact_prompt_version();
-- At depth 0, the version itself is deleted; the cascade from its prompt has a greater depth.
CREATE TRIGGER prompt_versions_kept BEFORE DELETE ON prompt_versions
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change('a prompt version is deleted only with its prompt');

COMMENT ON TABLE  prompt_versions                         IS 'The text of a prompt as it was committed. Never changes, but for its redaction, and is deleted only with its prompt.';
COMMENT ON COLUMN prompt_versions.organization_id         IS 'The tenant.';
COMMENT ON COLUMN prompt_versions.id                      IS 'UUIDv7.';
COMMENT ON COLUMN prompt_versions.prompt_id               IS 'The prompt it is a version of.';
COMMENT ON COLUMN prompt_versions.version_number          IS '1, 2, 3 … per prompt, without gaps, never reused.';
COMMENT ON COLUMN prompt_versions.previous_version_number IS 'version_number - 1, null for the first; its foreign key prevents gaps.';
COMMENT ON COLUMN prompt_versions.template_format         IS 'The language of the templates in the messages: mustache, handlebars, jinja, f_string or plain.';
COMMENT ON COLUMN prompt_versions.messages                IS 'JSON array of messages, each {role, parts} or {placeholder} for other messages, at most 2 MiB. A simple prompt is one message.';
COMMENT ON COLUMN prompt_versions.tools                   IS 'JSON array of the tools that the model may call, as its provider defines them, at most 256 KiB.';
COMMENT ON COLUMN prompt_versions.response_format         IS 'JSON object of the form that the answer must have, as the provider defines it, at most 256 KiB; null for free text.';
COMMENT ON COLUMN prompt_versions.variables               IS 'JSON Schema (an object) of the templates'' variables, at most 256 KiB.';
COMMENT ON COLUMN prompt_versions.model_configuration     IS 'JSON object of the model and the request parameters for this version, at most 64 KiB.';
COMMENT ON COLUMN prompt_versions.tags                    IS 'Words to find it by, at most 50.';
COMMENT ON COLUMN prompt_versions.commit_message          IS 'The change and its reason, at most 4,000 characters.';
COMMENT ON COLUMN prompt_versions.content_hash            IS 'SHA-256 in hex of the content (template format to model configuration) as it was committed; computed by the database.';
COMMENT ON COLUMN prompt_versions.created_by              IS 'The author; null when a service committed it.';
COMMENT ON COLUMN prompt_versions.created_at              IS 'When it was committed.';
COMMENT ON COLUMN prompt_versions.redacted_at             IS 'When its content was replaced for good by the note; null if never.';
COMMENT ON COLUMN prompt_versions.redacted_by             IS 'The user who redacted it; null when a service did. Not a foreign key: the record outlives the user.';
COMMENT ON COLUMN prompt_versions.redaction_note          IS 'What stands where its content was, 1 to 1,000 characters; null if it was never redacted.';
