INSERT INTO prompts (organization_id, id, project_id, name, created_by)
VALUES (id(1), id(6), id(5), 'Greeting', id(2));

INSERT INTO prompt_versions (organization_id, id, prompt_id, version_number, messages, created_by)
VALUES (id(1), id(7), id(6), 1, '[{"role":"user","parts":[{"type":"text","text":"Hello"}]}]', id(2)),
       (id(1), id(8), id(6), 2, '[{"role":"user","parts":[{"type":"text","text":"Hello {{name}}"}]}]', id(2));

UPDATE prompts SET current_version_id = id(8), latest_version_number = 2
WHERE id = id(6);
