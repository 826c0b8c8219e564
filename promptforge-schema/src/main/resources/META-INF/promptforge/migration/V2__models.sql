-- The models that an organization calls, with their capabilities and prices.

CREATE TABLE model_providers (
    organization_id   uuid        NOT NULL,
    id                uuid        NOT NULL,
    name              text        NOT NULL,
    type              text        NOT NULL,
    description       text,
    base_url          text,
    encrypted_api_key bytea,
    masked_api_key    text,
    configuration     jsonb       NOT NULL DEFAULT '{}',
    catalogue_entry   jsonb,
    active            boolean     NOT NULL DEFAULT true,
    is_default        boolean     NOT NULL DEFAULT false,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT model_providers_organization_id_fkey     FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT model_providers_name_key                 UNIQUE (organization_id, name),
    CONSTRAINT model_providers_name_length              CHECK (name ~ '\S' AND char_length(name) <= 200),
    CONSTRAINT model_providers_type_values              CHECK (type IN ('openai', 'anthropic', 'google', 'cohere', 'huggingface', 'custom')),
    CONSTRAINT model_providers_description_length       CHECK (char_length(description) <= 4000),
    CONSTRAINT model_providers_base_url_format          CHECK (base_url ~ '^https?://\S+$' AND char_length(base_url) <= 2000),
    CONSTRAINT model_providers_encrypted_api_key_length CHECK (octet_length(encrypted_api_key) BETWEEN 1 AND 8192),
    CONSTRAINT model_providers_masked_api_key_pair      CHECK ((encrypted_api_key IS NULL) = (masked_api_key IS NULL)),
    CONSTRAINT model_providers_masked_api_key_length    CHECK (char_length(masked_api_key) <= 5),
    CONSTRAINT model_providers_configuration_document   CHECK (jsonb_typeof(configuration) = 'object' AND pg_column_size(configuration) <= 65536),
    CONSTRAINT model_providers_catalogue_entry_document CHECK (jsonb_typeof(catalogue_entry) = 'object' AND pg_column_size(catalogue_entry) <= 65536),
    CONSTRAINT model_providers_is_default_active        CHECK (active OR NOT is_default)
);

CREATE UNIQUE INDEX model_providers_is_default_key ON model_providers (organization_id) WHERE is_default;
ALTER TABLE model_providers ADD CONSTRAINT model_providers_pkey PRIMARY KEY (organization_id, id);

CREATE TRIGGER model_providers_updated_at BEFORE UPDATE ON model_providers
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER model_providers_organization_id_fixed BEFORE UPDATE OF organization_id ON model_providers
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('a model provider never moves to another organization');

SELECT isolate_tenants('model_providers');

COMMENT ON TABLE  model_providers                   IS 'A service that runs models, with the organization''s access to it.';
COMMENT ON COLUMN model_providers.organization_id   IS 'The tenant.';
COMMENT ON COLUMN model_providers.id                IS 'UUIDv7.';
COMMENT ON COLUMN model_providers.name              IS 'Display name, unique in the organization, 1 to 200 characters.';
COMMENT ON COLUMN model_providers.type              IS 'The API: openai, anthropic, google, cohere, huggingface or custom.';
COMMENT ON COLUMN model_providers.description       IS 'Free text, at most 4,000 characters.';
COMMENT ON COLUMN model_providers.base_url          IS 'Root of the API (http or https), at most 2,000 characters; null: the usual one of the type.';
COMMENT ON COLUMN model_providers.encrypted_api_key IS 'API key, sealed by AES-256-GCM for this row, at most 8 KiB: the name of the master key, the data key that it has wrapped, and the ciphertext. Null: none.';
COMMENT ON COLUMN model_providers.masked_api_key    IS 'An ellipsis and the last 4 characters of the API key, by which people tell it from others; null without one.';
COMMENT ON COLUMN model_providers.configuration     IS 'JSON object of further settings (region, API version, headers), at most 64 KiB. Never secrets.';
COMMENT ON COLUMN model_providers.catalogue_entry   IS 'JSON object of the values of the standard catalogue when it was last installed, by column, at most 64 KiB. A later edition of the catalogue changes only columns that still have these values. Null for a provider that is not from the catalogue.';
COMMENT ON COLUMN model_providers.active            IS 'False: not offered for new work; its models and their history are kept.';
COMMENT ON COLUMN model_providers.is_default        IS 'The provider to use by default; at most one per organization, and only an active one.';
COMMENT ON COLUMN model_providers.created_at        IS 'When the row was written.';
COMMENT ON COLUMN model_providers.updated_at        IS 'When the row was last changed; set by the database.';


CREATE TABLE ai_models (
    organization_id           uuid        NOT NULL,
    id                        uuid        NOT NULL,
    provider_id               uuid        NOT NULL,
    name                      text        NOT NULL,
    provider_model_id         text        NOT NULL,
    aliases                   text[]      NOT NULL DEFAULT '{}',
    description               text,
    supports_streaming        boolean     NOT NULL DEFAULT false,
    supports_function_calling boolean     NOT NULL DEFAULT false,
    supports_vision           boolean     NOT NULL DEFAULT false,
    context_length            integer,
    default_parameters        jsonb       NOT NULL DEFAULT '{}',
    catalogue_entry           jsonb,
    active                    boolean     NOT NULL DEFAULT true,
    deprecated                boolean     NOT NULL DEFAULT false,
    created_at                timestamptz NOT NULL DEFAULT now(),
    updated_at                timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT ai_models_organization_id_fkey       FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT ai_models_provider_id_fkey           FOREIGN KEY (organization_id, provider_id) REFERENCES model_providers (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT ai_models_provider_model_id_key      UNIQUE (organization_id, provider_id, provider_model_id),
    CONSTRAINT ai_models_name_length                CHECK (name ~ '\S' AND char_length(name) <= 200),
    CONSTRAINT ai_models_provider_model_id_length   CHECK (provider_model_id ~ '\S' AND char_length(provider_model_id) <= 200),
    CONSTRAINT ai_models_description_length         CHECK (char_length(description) <= 4000),
    CONSTRAINT ai_models_aliases_length             CHECK (array_position(aliases, NULL) IS NULL AND '' <> ALL (aliases) AND cardinality(aliases) <= 50 AND pg_column_size(aliases) <= 8192),
    CONSTRAINT ai_models_context_length_range       CHECK (context_length > 0),
    CONSTRAINT ai_models_default_parameters_document CHECK (jsonb_typeof(default_parameters) = 'object' AND pg_column_size(default_parameters) <= 65536),
    CONSTRAINT ai_models_catalogue_entry_document   CHECK (jsonb_typeof(catalogue_entry) = 'object' AND pg_column_size(catalogue_entry) <= 65536)
);

-- Whether a model has changed since a service read all of them, without reading the rows.
CREATE INDEX ai_models_updated_at_idx    ON ai_models (organization_id, updated_at);

CREATE INDEX ai_models_name_idx          ON ai_models (organization_id, name, id);
CREATE INDEX ai_models_provider_name_idx ON ai_models (organization_id, provider_id, name, id);
ALTER TABLE ai_models ADD CONSTRAINT ai_models_pkey PRIMARY KEY (organization_id, id);

CREATE TRIGGER ai_models_updated_at BEFORE UPDATE ON ai_models
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER ai_models_organization_id_fixed BEFORE UPDATE OF organization_id ON ai_models
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('a model never moves to another organization');

SELECT isolate_tenants('ai_models');

COMMENT ON TABLE  ai_models                           IS 'A model of a provider, with its names and capabilities.';
COMMENT ON COLUMN ai_models.organization_id           IS 'The tenant.';
COMMENT ON COLUMN ai_models.id                        IS 'UUIDv7.';
COMMENT ON COLUMN ai_models.provider_id               IS 'The provider of the model.';
COMMENT ON COLUMN ai_models.name                      IS 'Display name (GPT-4), 1 to 200 characters.';
COMMENT ON COLUMN ai_models.provider_model_id         IS 'The name in the provider''s API (gpt-4-0125-preview), unique per provider, 1 to 200 characters.';
COMMENT ON COLUMN ai_models.aliases                   IS 'Other names by which telemetry reports the model, at most 50; * stands for any characters.';
COMMENT ON COLUMN ai_models.description               IS 'Free text, at most 4,000 characters.';
COMMENT ON COLUMN ai_models.supports_streaming        IS 'The model can stream its answer.';
COMMENT ON COLUMN ai_models.supports_function_calling IS 'The model can call tools.';
COMMENT ON COLUMN ai_models.supports_vision           IS 'The model reads images.';
COMMENT ON COLUMN ai_models.context_length            IS 'Greatest number of input and output tokens together; null when unknown.';
COMMENT ON COLUMN ai_models.default_parameters        IS 'JSON object of request parameters for prompts that have none, at most 64 KiB.';
COMMENT ON COLUMN ai_models.catalogue_entry           IS 'JSON object of the values of the standard catalogue when it was last installed, by column, at most 64 KiB. A later edition of the catalogue changes only columns that still have these values. Null for a model that is not from the catalogue.';
COMMENT ON COLUMN ai_models.active                    IS 'False: not offered for new work.';
COMMENT ON COLUMN ai_models.deprecated                IS 'The provider has announced that it will be withdrawn; it can still be called.';
COMMENT ON COLUMN ai_models.created_at                IS 'When the row was written.';
COMMENT ON COLUMN ai_models.updated_at                IS 'When the row was last changed; set by the database.';


-- Prices are never changed and never deleted alone, so that a stored cost can be explained for ever. A list holds from valid_from
-- until the next list of its model begins, so no two hold at once.
CREATE TABLE model_prices (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    model_id        uuid        NOT NULL,
    valid_from      timestamptz NOT NULL,
    rates           jsonb       NOT NULL,
    source          text,
    of_catalogue    boolean     NOT NULL DEFAULT false,
    replaced_at     timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT model_prices_pkey                 PRIMARY KEY (organization_id, id),
    CONSTRAINT model_prices_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT model_prices_model_id_fkey        FOREIGN KEY (organization_id, model_id) REFERENCES ai_models (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT model_prices_rates_document       CHECK (jsonb_typeof(rates) = 'array' AND pg_column_size(rates) <= 65536),
    CONSTRAINT model_prices_rates_unit           CHECK (NOT jsonb_path_exists(rates, '$[*] ? (!exists(@.unit ? (@.type() == "string")))')),
    CONSTRAINT model_prices_rates_range          CHECK (NOT jsonb_path_exists(rates, '$[*] ? (!exists(@.usd ? (@ >= 0 && @ < 1000000)))')),
    CONSTRAINT model_prices_source_length        CHECK (source ~ '\S' AND char_length(source) <= 1000)
);

CREATE UNIQUE INDEX model_prices_valid_from_key ON model_prices (organization_id, model_id, valid_from) WHERE replaced_at IS NULL;

CREATE INDEX model_prices_model_id_idx   ON model_prices (organization_id, model_id, valid_from, id);
-- Whether prices have changed since a service read all of them, without reading the rows.
CREATE INDEX model_prices_updated_at_idx ON model_prices (organization_id, updated_at);

CREATE TRIGGER model_prices_updated_at BEFORE UPDATE ON model_prices
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER model_prices_history BEFORE UPDATE ON model_prices
    FOR EACH ROW WHEN (OLD.replaced_at IS NOT NULL
        OR (to_jsonb(NEW) - '{replaced_at,updated_at}'::text[]) <> (to_jsonb(OLD) - '{replaced_at,updated_at}'::text[]))
    EXECUTE FUNCTION refuse_change('prices never change, except that they are replaced once');
-- At depth 0, the prices themselves are deleted; the cascade from their model has a greater depth.
CREATE TRIGGER model_prices_kept BEFORE DELETE ON model_prices
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change('prices are deleted only with their model');

SELECT isolate_tenants('model_prices');

COMMENT ON TABLE  model_prices                 IS 'A price list of a model. It holds from valid_from until the next list of the model begins.';
COMMENT ON COLUMN model_prices.organization_id IS 'The tenant.';
COMMENT ON COLUMN model_prices.id              IS 'UUIDv7.';
COMMENT ON COLUMN model_prices.model_id        IS 'The model.';
COMMENT ON COLUMN model_prices.valid_from      IS 'When it begins to hold. 0001-01-01 UTC: the prices of all time before the next list.';
COMMENT ON COLUMN model_prices.rates           IS 'JSON array of objects, at most 64 KiB: unit (input_tokens, output_images …), usd (US dollars for one unit, from 0 to less than 1,000,000, exact), tier (batch, flex or priority; standard if absent) and above (the rate of a request with more input tokens than this; 0 if absent). Empty: the prices are unknown.';
COMMENT ON COLUMN model_prices.source          IS 'Where the prices come from, such as the address of a page, 1 to 1,000 characters; null when unknown.';
COMMENT ON COLUMN model_prices.of_catalogue    IS 'Whether a catalogue set them; a later edition leaves other prices as they are.';
COMMENT ON COLUMN model_prices.replaced_at     IS 'When the list was found to be wrong and was replaced, so that it never holds, but explains the costs that were calculated by it. Null: it holds in its time.';
COMMENT ON COLUMN model_prices.created_at      IS 'When the row was written.';
COMMENT ON COLUMN model_prices.updated_at      IS 'When the row was last changed; set by the database.';
