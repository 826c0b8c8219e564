ALTER TABLE ai_models DROP COLUMN catalogue_entry;
ALTER TABLE model_providers DROP COLUMN catalogue_entry;
