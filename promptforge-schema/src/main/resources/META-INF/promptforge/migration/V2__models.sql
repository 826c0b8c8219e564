-- The models that an organization calls, with their capabilities and prices.

CREATE TABLE model_providers (
    organization_id   uuid        NOT NULL,
    id                uuid        NOT NULL,
    name              text        NOT NULL,
    type              text        NOT NULL,
    description       text,
    base_url          text,
    encrypted_api_key bytea,
    configuration     jsonb       NOT NULL DEFAULT '{}',
    catalogue_entry   jsonb,
    active            boolean     NOT NULL DEFAULT true,
    is_default        boolean     NOT NULL DEFAULT false,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT model_providers_pkey                     PRIMARY KEY (organization_id, id),
    CONSTRAINT model_providers_organization_id_fkey     FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT model_providers_name_key                 UNIQUE (organization_id, name),
    CONSTRAINT model_providers_name_length              CHECK (name ~ '\S' AND char_length(name) <= 200),
    CONSTRAINT model_providers_type_values              CHECK (type IN ('openai', 'anthropic', 'google', 'cohere', 'huggingface', 'custom')),
    CONSTRAINT model_providers_description_length       CHECK (char_length(description) <= 4000),
    CONSTRAINT model_providers_base_url_format          CHECK (base_url ~ '^https?://\S+$' AND char_length(base_url) <= 2000),
    CONSTRAINT model_providers_encrypted_api_key_length CHECK (octet_length(encrypted_api_key) BETWEEN 1 AND 8192),
    CONSTRAINT model_providers_configuration_document   CHECK (jsonb_typeof(configuration) = 'object' AND pg_column_size(configuration) <= 65536),
    CONSTRAINT model_providers_catalogue_entry_document CHECK (jsonb_typeof(catalogue_entry) = 'object' AND pg_column_size(catalogue_entry) <= 65536),
    CONSTRAINT model_providers_is_default_active        CHECK (active OR NOT is_default)
);

CREATE UNIQUE INDEX model_providers_is_default_key ON model_providers (organization_id) WHERE is_default;

CREATE TRIGGER model_providers_updated_at BEFORE UPDATE ON model_providers
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER model_providers_organization_id_fixed BEFORE UPDATE OF organization_id ON model_providers
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('a model provider never moves to another organization');

COMMENT ON TABLE  model_providers                   IS 'A service that runs models, with the organization''s access to it.';
COMMENT ON COLUMN model_providers.organization_id   IS 'The tenant.';
COMMENT ON COLUMN model_providers.id                IS 'UUIDv7.';
COMMENT ON COLUMN model_providers.name              IS 'Display name, unique in the organization, 1 to 200 characters.';
COMMENT ON COLUMN model_providers.type              IS 'The API: openai, anthropic, google, cohere, huggingface or custom.';
COMMENT ON COLUMN model_providers.description       IS 'Free text, at most 4,000 characters.';
COMMENT ON COLUMN model_providers.base_url          IS 'Root of the API (http or https), at most 2,000 characters; null: the usual one of the type.';
COMMENT ON COLUMN model_providers.encrypted_api_key IS 'API key, encrypted by the application, at most 8 KiB; the ciphertext contains the id of its key and its format. Null: none.';
COMMENT ON COLUMN model_providers.configuration     IS 'JSON object of further settings (region, API version, headers), at most 64 KiB. Never secrets.';
COMMENT ON COLUMN model_providers.catalogue_entry   IS 'JSON object of the values of the standard catalogue when it was last installed, by column, at most 64 KiB. A later edition of the catalogue changes only columns that still have these values. Null for a provider that is not from the catalogue.';
COMMENT ON COLUMN model_providers.active            IS 'False: not offered for new work; its models and their history are kept.';
COMMENT ON COLUMN model_providers.is_default        IS 'The provider to use by default; at most one per organization, and only an active one.';
COMMENT ON COLUMN model_providers.created_at        IS 'When the row was written.';
COMMENT ON COLUMN model_providers.updated_at        IS 'When the row was last changed; set by the database.';


CREATE TABLE ai_models (
    organization_id                uuid            NOT NULL,
    id                             uuid            NOT NULL,
    provider_id                    uuid            NOT NULL,
    name                           text            NOT NULL,
    provider_model_id              text            NOT NULL,
    aliases                        text[]          NOT NULL DEFAULT '{}',
    description                    text,
    supports_streaming             boolean         NOT NULL DEFAULT false,
    supports_function_calling      boolean         NOT NULL DEFAULT false,
    supports_vision                boolean         NOT NULL DEFAULT false,
    context_length                 integer,
    input_price_per_million        numeric(18, 12),
    output_price_per_million       numeric(18, 12),
    cached_input_price_per_million numeric(18, 12),
    default_parameters             jsonb           NOT NULL DEFAULT '{}',
    catalogue_entry                jsonb,
    active                         boolean         NOT NULL DEFAULT true,
    deprecated                     boolean         NOT NULL DEFAULT false,
    created_at                     timestamptz     NOT NULL DEFAULT now(),
    updated_at                     timestamptz     NOT NULL DEFAULT now(),

    CONSTRAINT ai_models_pkey                                 PRIMARY KEY (organization_id, id),
    CONSTRAINT ai_models_organization_id_fkey                 FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT ai_models_provider_id_fkey                     FOREIGN KEY (organization_id, provider_id) REFERENCES model_providers (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT ai_models_provider_model_id_key                UNIQUE (organization_id, provider_id, provider_model_id),
    CONSTRAINT ai_models_name_length                          CHECK (name ~ '\S' AND char_length(name) <= 200),
    CONSTRAINT ai_models_provider_model_id_length             CHECK (provider_model_id ~ '\S' AND char_length(provider_model_id) <= 200),
    CONSTRAINT ai_models_description_length                   CHECK (char_length(description) <= 4000),
    CONSTRAINT ai_models_aliases_length                       CHECK (array_position(aliases, NULL) IS NULL AND '' <> ALL (aliases) AND cardinality(aliases) <= 50 AND pg_column_size(aliases) <= 8192),
    CONSTRAINT ai_models_context_length_range                 CHECK (context_length > 0),
    CONSTRAINT ai_models_input_price_per_million_range        CHECK (input_price_per_million >= 0 AND input_price_per_million < 1000000),
    CONSTRAINT ai_models_output_price_per_million_range       CHECK (output_price_per_million >= 0 AND output_price_per_million < 1000000),
    CONSTRAINT ai_models_cached_input_price_per_million_range CHECK (cached_input_price_per_million >= 0 AND cached_input_price_per_million < 1000000),
    CONSTRAINT ai_models_default_parameters_document          CHECK (jsonb_typeof(default_parameters) = 'object' AND pg_column_size(default_parameters) <= 65536),
    CONSTRAINT ai_models_catalogue_entry_document             CHECK (jsonb_typeof(catalogue_entry) = 'object' AND pg_column_size(catalogue_entry) <= 65536)
);

-- Whether a model has changed since a service read all of them, without reading the rows.
CREATE INDEX ai_models_updated_at_idx    ON ai_models (organization_id, updated_at);

CREATE INDEX ai_models_name_idx          ON ai_models (organization_id, name, id);
CREATE INDEX ai_models_provider_name_idx ON ai_models (organization_id, provider_id, name, id);

CREATE TRIGGER ai_models_updated_at BEFORE UPDATE ON ai_models
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER ai_models_organization_id_fixed BEFORE UPDATE OF organization_id ON ai_models
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('a model never moves to another organization');

COMMENT ON TABLE  ai_models                                IS 'A model of a provider, with its names, capabilities and prices.';
COMMENT ON COLUMN ai_models.organization_id                IS 'The tenant.';
COMMENT ON COLUMN ai_models.id                             IS 'UUIDv7.';
COMMENT ON COLUMN ai_models.provider_id                    IS 'The provider of the model.';
COMMENT ON COLUMN ai_models.name                           IS 'Display name (GPT-4), 1 to 200 characters.';
COMMENT ON COLUMN ai_models.provider_model_id              IS 'The name in the provider''s API (gpt-4-0125-preview), unique per provider, 1 to 200 characters.';
COMMENT ON COLUMN ai_models.aliases                        IS 'Other names by which telemetry reports the model, at most 50; * stands for any characters.';
COMMENT ON COLUMN ai_models.description                    IS 'Free text, at most 4,000 characters.';
COMMENT ON COLUMN ai_models.supports_streaming             IS 'The model can stream its answer.';
COMMENT ON COLUMN ai_models.supports_function_calling      IS 'The model can call tools.';
COMMENT ON COLUMN ai_models.supports_vision                IS 'The model reads images.';
COMMENT ON COLUMN ai_models.context_length                 IS 'Greatest number of input and output tokens together; null when unknown.';
COMMENT ON COLUMN ai_models.input_price_per_million        IS 'US dollars per million input tokens; null when unknown.';
COMMENT ON COLUMN ai_models.output_price_per_million       IS 'US dollars per million output tokens; null when unknown.';
COMMENT ON COLUMN ai_models.cached_input_price_per_million IS 'US dollars per million input tokens read from the provider''s cache; null: the input price.';
COMMENT ON COLUMN ai_models.default_parameters             IS 'JSON object of request parameters for prompts that have none, at most 64 KiB.';
COMMENT ON COLUMN ai_models.catalogue_entry                IS 'JSON object of the values of the standard catalogue when it was last installed, by column, at most 64 KiB. A later edition of the catalogue changes only columns that still have these values. Null for a model that is not from the catalogue.';
COMMENT ON COLUMN ai_models.active                         IS 'False: not offered for new work.';
COMMENT ON COLUMN ai_models.deprecated                     IS 'The provider has announced that it will be withdrawn; it can still be called.';
COMMENT ON COLUMN ai_models.created_at                     IS 'When the row was written.';
COMMENT ON COLUMN ai_models.updated_at                     IS 'When the row was last changed; set by the database.';
