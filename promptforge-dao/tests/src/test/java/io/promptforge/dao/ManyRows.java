package io.promptforge.dao;

/** Fills a database with so many rows of so many tenants that PostgreSQL has reason to use its indexes. */
final class ManyRows {

    private static final int TENANTS = 40;

    private ManyRows() {}

    /**
     * Adds rows to all tables, as many for the tenant of the belongings as for each of the others, behind the library's
     * back and without the checks of foreign keys: it is only about their number.
     */
    static void fill(TestDatabase database, Belongings own) {
        database.execute("""
                SET session_replication_role = replica;
                SET search_path TO promptforge;
                CREATE TEMPORARY TABLE tenants AS
                SELECT k, gen_random_uuid() AS org, gen_random_uuid() AS project, gen_random_uuid() AS usr,
                       gen_random_uuid() AS provider, gen_random_uuid() AS model, gen_random_uuid() AS prompt,
                       gen_random_uuid() AS version, gen_random_uuid() AS evaluation, gen_random_uuid() AS policy
                FROM generate_series(1, %1$d) k;
                INSERT INTO organizations (id, name, slug) SELECT org, 'Many ' || k, 'many-' || k FROM tenants;
                INSERT INTO tenants VALUES (0, '%2$s', '%3$s', '%4$s', '%5$s', '%6$s', '%7$s', '%8$s', '%9$s', '%10$s');
                INSERT INTO users (organization_id, id, email, password_hash, full_name, role)
                SELECT org, gen_random_uuid(), k || '-' || n || '@many.example', '$2a$10$' || repeat('x', 53), 'User ' || n, 'viewer'
                FROM tenants, generate_series(1, 150) n ORDER BY k;
                INSERT INTO model_providers (organization_id, id, name, type)
                SELECT org, gen_random_uuid(), 'Provider ' || n, 'custom' FROM tenants, generate_series(1, 150) n ORDER BY k;
                INSERT INTO ai_models (organization_id, id, provider_id, name, provider_model_id)
                SELECT org, gen_random_uuid(), provider, 'Model ' || n, 'model-' || n FROM tenants, generate_series(1, 150) n ORDER BY k;
                INSERT INTO projects (organization_id, id, name, created_at, updated_at)
                SELECT org, gen_random_uuid(), 'Project ' || n, now() - n * interval '1 minute', now() - n * interval '1 minute'
                FROM tenants, generate_series(1, 150) n ORDER BY k;
                CREATE TEMPORARY TABLE many_prompts AS
                SELECT k, org, project, n, gen_random_uuid() AS prompt, gen_random_uuid() AS version FROM tenants, generate_series(1, 1000) n;
                INSERT INTO prompts (organization_id, id, project_id, name, category, current_version_id, created_at, updated_at)
                SELECT org, prompt, project, 'Prompt ' || n, 'category ' || n %% 20, version,
                       now() - n * interval '1 minute', now() - n * interval '1 minute' FROM many_prompts ORDER BY k;
                INSERT INTO prompt_versions (organization_id, id, prompt_id, version_number, template, tags)
                SELECT org, version, prompt, 1, 'Hello', ARRAY['tag ' || n %% 20] FROM many_prompts ORDER BY k;
                INSERT INTO prompt_versions (organization_id, id, prompt_id, version_number, template)
                SELECT org, gen_random_uuid(), prompt, n, 'Hello ' || n FROM tenants, generate_series(10, 600) n ORDER BY k;
                INSERT INTO prompt_deployments (organization_id, id, prompt_id, prompt_version_id, environment, deployed_at)
                SELECT org, gen_random_uuid(), prompt, version, 'production', now() - n * interval '1 minute' FROM many_prompts ORDER BY k;
                INSERT INTO prompt_deployments (organization_id, id, prompt_id, prompt_version_id, environment, deployed_at, ended_at)
                SELECT org, gen_random_uuid(), prompt, version, 'production', now() - n * interval '1 minute', now()
                FROM tenants, generate_series(1, 60) n ORDER BY k;
                INSERT INTO evaluations (organization_id, id, project_id, name, type, status, started_at, finished_at, created_at)
                SELECT org, gen_random_uuid(), project, 'Evaluation ' || n, 'accuracy', 'completed', now(), now(), now() - n * interval '1 minute'
                FROM tenants, generate_series(1, 600) n ORDER BY k;
                INSERT INTO evaluation_results (organization_id, id, evaluation_id, test_name, passed, score)
                SELECT org, gen_random_uuid(), evaluation, 'test ' || n, n %% 5 > 0, n / 1000.0 FROM tenants, generate_series(1, 1000) n ORDER BY k;
                INSERT INTO policies (organization_id, id, project_id, name, type, severity, action, created_at)
                SELECT org, gen_random_uuid(), project, 'Policy ' || n, 'cost', 'low', 'log', now() - n * interval '1 minute'
                FROM tenants, generate_series(1, 600) n ORDER BY k;
                INSERT INTO policy_violations (organization_id, id, project_id, policy_id, policy_version, severity, violation_type,
                                               message, detected_at)
                SELECT org, gen_random_uuid(), project, policy, 1, 'low', 'x', 'too much', now() - n * interval '1 minute'
                FROM tenants, generate_series(1, 500) n ORDER BY k;
                CREATE TEMPORARY TABLE many_traces AS
                SELECT k, org, project, n, gen_random_uuid() AS trace,
                       now() + (n %% 5 - 1) * interval '1 month' - n * interval '1 second' AS started_at
                FROM tenants, generate_series(1, 1000) n;
                INSERT INTO traces (organization_id, id, project_id, name, status, started_at, ended_at, session_id, end_user_id,
                                    external_id, environment, input_tokens, cost)
                SELECT org, trace, project, 'greet', 'success', started_at, started_at + n * interval '1 millisecond',
                       'session ' || n / 10, 'user ' || n %% 50, 'external ' || n, 'production', n, n / 1000.0
                FROM many_traces ORDER BY k;
                INSERT INTO spans (organization_id, trace_id, id, started_at, ended_at, name, kind, status)
                SELECT org, trace, gen_random_uuid(), started_at - late * interval '7 years', started_at - late * interval '7 years', 'call', 'llm', 'success'
                FROM many_traces, generate_series(0, 1) late ORDER BY k;
                ANALYZE
                """.formatted(
                        TENANTS,
                        own.fixture.organization().id(),
                        own.project.id(),
                        own.user.id(),
                        own.model.providerId(),
                        own.model.id(),
                        own.prompt.id(),
                        own.promptVersion,
                        own.completedEvaluation,
                        own.policy.id()));
    }
}
