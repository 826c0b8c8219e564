-- Providers and models that came from the standard catalogue remember what it said, so that a later edition of it
-- changes what the organization left alone, and nothing else.

ALTER TABLE model_providers ADD COLUMN catalogue_entry jsonb;
ALTER TABLE model_providers ADD CONSTRAINT model_providers_catalogue_entry_document
    CHECK (jsonb_typeof(catalogue_entry) = 'object' AND pg_column_size(catalogue_entry) <= 65536);
COMMENT ON COLUMN model_providers.catalogue_entry IS
    'JSON object of what the standard catalogue said when it was last installed, by column; null for a provider of the organization''s own.';

ALTER TABLE ai_models ADD COLUMN catalogue_entry jsonb;
ALTER TABLE ai_models ADD CONSTRAINT ai_models_catalogue_entry_document
    CHECK (jsonb_typeof(catalogue_entry) = 'object' AND pg_column_size(catalogue_entry) <= 65536);
COMMENT ON COLUMN ai_models.catalogue_entry IS
    'JSON object of what the standard catalogue said when it was last installed, by column; null for a model of the organization''s own.';
