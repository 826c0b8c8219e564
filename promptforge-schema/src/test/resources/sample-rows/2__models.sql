INSERT INTO model_providers (organization_id, id, name, type, is_default, catalogue_entry)
VALUES (id(1), id(3), 'OpenAI', 'openai', true, '{}');

INSERT INTO ai_models (organization_id, id, provider_id, name, provider_model_id, catalogue_entry)
VALUES (id(1), id(4), id(3), 'GPT-4', 'gpt-4-0125-preview', '{}');
