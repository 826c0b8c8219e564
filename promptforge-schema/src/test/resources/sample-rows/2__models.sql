INSERT INTO model_providers (organization_id, id, name, type, is_default, catalogue_entry)
VALUES (id(1), id(3), 'OpenAI', 'openai', true, '{}');

INSERT INTO ai_models (organization_id, id, provider_id, name, provider_model_id, catalogue_entry)
VALUES (id(1), id(4), id(3), 'GPT-4', 'gpt-4-0125-preview', '{}');

INSERT INTO model_prices (organization_id, id, model_id, valid_from, rates, replaced_at)
VALUES (id(1), id(30), id(4), '0001-01-01 00:00Z', '[{"unit": "input_tokens", "usd": 0.00001}]', NULL),
       (id(1), id(31), id(4), '2026-01-01 00:00Z', '[]', now());
