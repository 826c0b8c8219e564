INSERT INTO evaluators (organization_id, id, name, category, kind, latest_version, created_by)
VALUES (id(1), id(20), 'Relevance', 'quality', 'llm_judge', 1, id(2));

INSERT INTO evaluator_versions (organization_id, id, evaluator_id, version_number, judge_model, created_by)
VALUES (id(1), id(18), id(20), 1, 'gpt-4o', id(2));

INSERT INTO evaluation_results (organization_id, id, evaluation_id, test_name, outcome, evaluator_id, evaluator_version_id, project_id)
VALUES (id(1), id(19), id(9), 'greets in German', 'error', id(20), id(18), id(5));
