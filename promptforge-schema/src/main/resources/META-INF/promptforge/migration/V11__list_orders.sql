-- The orders in which lists are read beside those of the tables' own scripts: an index each, so that a list's last
-- page costs what its first does.

-- Of the whole organization, where the project is left open.
CREATE INDEX prompts_organization_created_at_idx     ON prompts (organization_id, created_at, id);
CREATE INDEX prompts_organization_name_idx           ON prompts (organization_id, name, id);
CREATE INDEX evaluations_organization_created_at_idx ON evaluations (organization_id, created_at, id);
CREATE INDEX policies_organization_created_at_idx    ON policies (organization_id, created_at, id);
CREATE INDEX policies_organization_name_idx          ON policies (organization_id, name, id);
CREATE INDEX policy_violations_organization_detected_at_idx ON policy_violations (organization_id, detected_at, id);
CREATE INDEX policy_violations_organization_open_idx ON policy_violations (organization_id, detected_at, id) WHERE status = 'open';

-- What was worked on last.
CREATE INDEX projects_updated_at_idx                 ON projects (organization_id, updated_at, id);
CREATE INDEX prompts_updated_at_idx                  ON prompts (organization_id, project_id, updated_at, id);
CREATE INDEX prompts_organization_updated_at_idx     ON prompts (organization_id, updated_at, id);

-- The worst and the best results first, and the failed ones.
CREATE INDEX evaluation_results_score_idx            ON evaluation_results (organization_id, evaluation_id, score, id) WHERE score IS NOT NULL;
CREATE INDEX evaluation_results_failed_idx           ON evaluation_results (organization_id, evaluation_id, test_name, repetition) WHERE NOT passed;

-- People by name, models by name.
CREATE INDEX users_full_name_idx                     ON users (organization_id, full_name, id);
CREATE INDEX ai_models_name_idx                      ON ai_models (organization_id, name, id);
CREATE INDEX ai_models_provider_name_idx             ON ai_models (organization_id, provider_id, name, id);
