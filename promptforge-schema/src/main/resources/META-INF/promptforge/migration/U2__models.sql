DROP TABLE model_prices;
DROP TABLE ai_models;
DROP TABLE model_providers;
