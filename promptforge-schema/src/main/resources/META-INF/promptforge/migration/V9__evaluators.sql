-- What judges results: code, a judge model, a vendor's product or a person, in immutable versions.

CREATE TABLE evaluators (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    name            text        NOT NULL,
    description     text,
    category        text        NOT NULL,
    kind            text        NOT NULL,
    tags            text[]      NOT NULL DEFAULT '{}',
    active          boolean     NOT NULL DEFAULT true,
    latest_version  integer     NOT NULL DEFAULT 0,
    created_by      uuid,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT evaluators_organization_id_fkey  FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT evaluators_created_by_fkey       FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id),
    CONSTRAINT evaluators_name_key              UNIQUE (organization_id, name),
    CONSTRAINT evaluators_name_length           CHECK (name ~ '\S' AND char_length(name) <= 200),
    CONSTRAINT evaluators_description_length    CHECK (char_length(description) <= 4000),
    CONSTRAINT evaluators_category_length       CHECK (category ~ '\S' AND char_length(category) <= 100),
    CONSTRAINT evaluators_kind_values           CHECK (kind IN ('code', 'llm_judge', 'vendor', 'person')),
    CONSTRAINT evaluators_tags_length           CHECK (array_position(tags, NULL) IS NULL AND cardinality(tags) <= 50 AND pg_column_size(tags) <= 8192),
    CONSTRAINT evaluators_latest_version_range  CHECK (latest_version >= 0)
);

CREATE INDEX evaluators_created_at_idx ON evaluators (organization_id, created_at, id);
CREATE INDEX evaluators_category_idx   ON evaluators (organization_id, category, name);
CREATE INDEX evaluators_created_by_idx ON evaluators (organization_id, created_by) WHERE created_by IS NOT NULL;
ALTER TABLE evaluators ADD CONSTRAINT evaluators_pkey PRIMARY KEY (organization_id, id);

CREATE TRIGGER evaluators_updated_at BEFORE UPDATE ON evaluators
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER evaluators_organization_id_fixed BEFORE UPDATE OF organization_id ON evaluators
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('an evaluator never moves to another organization');
CREATE TRIGGER evaluators_latest_version_grows BEFORE UPDATE OF latest_version ON evaluators
    FOR EACH ROW WHEN (NEW.latest_version < OLD.latest_version) EXECUTE FUNCTION refuse_change('a version number of an evaluator is never used again');

SELECT isolate_tenants('evaluators');

COMMENT ON TABLE  evaluators                 IS 'What judges results: a program, a judge model, a product of a vendor or a person.';
COMMENT ON COLUMN evaluators.organization_id IS 'The tenant.';
COMMENT ON COLUMN evaluators.id              IS 'UUIDv7.';
COMMENT ON COLUMN evaluators.name            IS 'Display name, unique in the organization, 1 to 200 characters.';
COMMENT ON COLUMN evaluators.description     IS 'Free text, at most 4,000 characters.';
COMMENT ON COLUMN evaluators.category        IS 'What it judges (quality, safety, retrieval or any word), 1 to 100 characters.';
COMMENT ON COLUMN evaluators.kind            IS 'code, llm_judge, vendor or person.';
COMMENT ON COLUMN evaluators.tags            IS 'At most 50 tags, together at most 8 KiB.';
COMMENT ON COLUMN evaluators.active          IS 'False: not offered for new evaluations.';
COMMENT ON COLUMN evaluators.latest_version  IS 'The number of its newest version; 0 before the first.';
COMMENT ON COLUMN evaluators.created_by      IS 'The user who created it; null when a service did.';
COMMENT ON COLUMN evaluators.created_at      IS 'When the row was written.';
COMMENT ON COLUMN evaluators.updated_at      IS 'When the row was last changed; set by the database.';


CREATE TABLE evaluator_versions (
    organization_id        uuid        NOT NULL,
    id                     uuid        NOT NULL,
    evaluator_id           uuid        NOT NULL,
    version_number         integer     NOT NULL,
    configuration_schema   jsonb       NOT NULL DEFAULT '{}',
    configuration_defaults jsonb       NOT NULL DEFAULT '{}',
    criteria               text,
    judge_model            text,
    prompts                jsonb       NOT NULL DEFAULT '{}',
    scale                  jsonb,
    catalogue_edition      date,
    created_by             uuid,
    created_at             timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT evaluator_versions_organization_id_fkey            FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT evaluator_versions_evaluator_id_fkey               FOREIGN KEY (organization_id, evaluator_id) REFERENCES evaluators (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT evaluator_versions_created_by_fkey                 FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id),
    CONSTRAINT evaluator_versions_version_number_key              UNIQUE (organization_id, evaluator_id, version_number),
    CONSTRAINT evaluator_versions_evaluator_id_id_key             UNIQUE (organization_id, evaluator_id, id),
    CONSTRAINT evaluator_versions_version_number_range            CHECK (version_number >= 1),
    CONSTRAINT evaluator_versions_configuration_schema_document   CHECK (jsonb_typeof(configuration_schema) = 'object' AND pg_column_size(configuration_schema) <= 262144),
    CONSTRAINT evaluator_versions_configuration_defaults_document CHECK (jsonb_typeof(configuration_defaults) = 'object' AND pg_column_size(configuration_defaults) <= 262144),
    CONSTRAINT evaluator_versions_criteria_length                 CHECK (char_length(criteria) <= 100000),
    CONSTRAINT evaluator_versions_judge_model_length              CHECK (judge_model ~ '\S' AND char_length(judge_model) <= 200),
    CONSTRAINT evaluator_versions_prompts_document                CHECK (jsonb_typeof(prompts) = 'object' AND pg_column_size(prompts) <= 1048576),
    CONSTRAINT evaluator_versions_scale_document                  CHECK (jsonb_typeof(scale) = 'object' AND pg_column_size(scale) <= 65536)
);

CREATE INDEX evaluator_versions_judge_model_idx ON evaluator_versions (organization_id, judge_model) WHERE judge_model IS NOT NULL;
CREATE INDEX evaluator_versions_created_by_idx  ON evaluator_versions (organization_id, created_by) WHERE created_by IS NOT NULL;
ALTER TABLE evaluator_versions ADD CONSTRAINT evaluator_versions_pkey PRIMARY KEY (organization_id, id);

CREATE TRIGGER evaluator_versions_immutable BEFORE UPDATE ON evaluator_versions
    FOR EACH ROW EXECUTE FUNCTION refuse_change('a version of an evaluator never changes');

SELECT isolate_tenants('evaluator_versions');

COMMENT ON TABLE  evaluator_versions                        IS 'What an evaluator is made of. Never changes.';
COMMENT ON COLUMN evaluator_versions.organization_id        IS 'The tenant.';
COMMENT ON COLUMN evaluator_versions.id                     IS 'UUIDv7.';
COMMENT ON COLUMN evaluator_versions.evaluator_id           IS 'The evaluator.';
COMMENT ON COLUMN evaluator_versions.version_number         IS '1 for the first version, counted without gaps.';
COMMENT ON COLUMN evaluator_versions.configuration_schema   IS 'JSON Schema of its configuration, at most 256 KiB.';
COMMENT ON COLUMN evaluator_versions.configuration_defaults IS 'JSON object: the configuration where an evaluation sets none, at most 256 KiB.';
COMMENT ON COLUMN evaluator_versions.criteria               IS 'What it judges by, in words, at most 100,000 characters.';
COMMENT ON COLUMN evaluator_versions.judge_model            IS 'The model that judges, by its name (openai/gpt-4o), 1 to 200 characters; null without one.';
COMMENT ON COLUMN evaluator_versions.prompts                IS 'JSON object: its prompts by their names, at most 1 MiB.';
COMMENT ON COLUMN evaluator_versions.scale                  IS 'JSON object: the scale of its main score; null when unknown.';
COMMENT ON COLUMN evaluator_versions.catalogue_edition      IS 'The edition of the catalogue that it was installed from; null when the organization made it.';
COMMENT ON COLUMN evaluator_versions.created_by             IS 'The user who created it; null when a service did.';
COMMENT ON COLUMN evaluator_versions.created_at             IS 'When the row was written.';


ALTER TABLE evaluation_results ADD CONSTRAINT evaluation_results_evaluator_version_id_fkey
    FOREIGN KEY (organization_id, evaluator_id, evaluator_version_id) REFERENCES evaluator_versions (organization_id, evaluator_id, id);
