INSERT INTO prompt_deployments (organization_id, id, prompt_id, prompt_version_id, environment, deployed_by, deployed_at, ended_by, ended_at)
VALUES (id(1), id(16), id(6), id(7), 'production', id(2), '2026-01-01Z', id(2), '2026-01-02Z'),
       (id(1), id(17), id(6), id(8), 'production', id(2), '2026-01-02Z', NULL, NULL);
