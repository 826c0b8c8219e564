INSERT INTO evaluations (organization_id, id, project_id, name, type, prompt_id, prompt_version_id, model_id, created_by)
VALUES (id(1), id(9), id(5), 'Accuracy', 'accuracy', id(6), id(8), id(4), id(2));

INSERT INTO evaluation_results (organization_id, id, evaluation_id, test_name, outcome, score, project_id)
VALUES (id(1), id(10), id(9), 'greets', 'passed', 0.5, id(5));
