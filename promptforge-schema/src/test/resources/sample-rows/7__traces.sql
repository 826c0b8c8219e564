INSERT INTO traces (organization_id, id, project_id, name, status, started_at, provisional, prompt_version_id, model_id)
VALUES (id(1), id(13), id(5), 'greet', 'running', now(), '{name,started_at}', id(7), id(4));

INSERT INTO spans (organization_id, trace_id, id, started_at, name, kind, status, provisional, model_id, model_reported)
VALUES (id(1), id(13), id(14), now(), 'call', 'llm', 'running', '{input}', id(4), true),
       (id(1), id(13), id(14), '1999-01-01Z', 'late', 'llm', 'running', NULL, NULL, false);

UPDATE policy_violations SET trace_id = id(13)
WHERE id = id(12);

INSERT INTO evaluation_results (organization_id, id, evaluation_id, test_name, outcome, scores, trace_id, project_id)
VALUES (id(1), id(15), id(9), 'greets by name', 'failed', '[{"metric": "tone", "value": 1}]', id(13), id(5));
