DROP TABLE ai_models;
DROP TABLE model_providers;
