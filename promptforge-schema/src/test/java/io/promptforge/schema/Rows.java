package io.promptforge.schema;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One row, at least, for every table of every migration, with every reference that there can be. Plain SQL: it must not
 * depend on what it tests.
 */
final class Rows {

    /** What can be inserted once the first, the second … migration is applied; {@code #} is the organization's digit. */
    private static final List<String> BY_VERSION = List.of("""
            INSERT INTO organizations (id, name, slug, trace_retention_days)
            VALUES ('#0000000-0000-7000-8000-000000000001', 'Organization #', 'organization-#', 90);
            INSERT INTO users (organization_id, id, email, password_hash, full_name, role)
            VALUES ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000002', 'Ada#@Example.com',
                    '$2a$10$' || repeat('x', 53), 'Ada', 'admin');
            """, """
            INSERT INTO model_providers (organization_id, id, name, type, is_default, catalogue_entry)
            VALUES ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000003', 'OpenAI', 'openai', true,
                    '{}');
            INSERT INTO ai_models (organization_id, id, provider_id, name, provider_model_id, catalogue_entry)
            VALUES ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000004',
                    '#0000000-0000-7000-8000-000000000003', 'GPT-4', 'gpt-4-0125-preview', '{}');
            """, """
            INSERT INTO projects (organization_id, id, name, trace_retention_days, created_by)
            VALUES ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000005', 'Support', 30,
                    '#0000000-0000-7000-8000-000000000002');
            """, """
            INSERT INTO prompts (organization_id, id, project_id, name, created_by)
            VALUES ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000006',
                    '#0000000-0000-7000-8000-000000000005', 'Greeting', '#0000000-0000-7000-8000-000000000002');
            INSERT INTO prompt_versions (organization_id, id, prompt_id, version_number, template, created_by)
            VALUES ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000007',
                    '#0000000-0000-7000-8000-000000000006', 1, 'Hello', '#0000000-0000-7000-8000-000000000002'),
                   ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000008',
                    '#0000000-0000-7000-8000-000000000006', 2, 'Hello {{name}}', '#0000000-0000-7000-8000-000000000002');
            UPDATE prompts SET current_version_id = '#0000000-0000-7000-8000-000000000008', latest_version_number = 2
            WHERE id = '#0000000-0000-7000-8000-000000000006';
            """, """
            INSERT INTO evaluations (organization_id, id, project_id, name, type, prompt_id, prompt_version_id, model_id, created_by)
            VALUES ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000009',
                    '#0000000-0000-7000-8000-000000000005', 'Accuracy', 'accuracy', '#0000000-0000-7000-8000-000000000006',
                    '#0000000-0000-7000-8000-000000000008', '#0000000-0000-7000-8000-000000000004',
                    '#0000000-0000-7000-8000-000000000002');
            INSERT INTO evaluation_results (organization_id, id, evaluation_id, test_name, passed, score)
            VALUES ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000010',
                    '#0000000-0000-7000-8000-000000000009', 'greets', true, 0.5);
            """, """
            INSERT INTO policies (organization_id, id, project_id, name, type, severity, action, threshold, created_by)
            VALUES ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000011',
                    '#0000000-0000-7000-8000-000000000005', 'Cost', 'cost', 'medium', 'warn', 1.5,
                    '#0000000-0000-7000-8000-000000000002');
            INSERT INTO policy_violations (organization_id, id, project_id, policy_id, policy_version, severity, violation_type,
                                           message, detected_at, status, acknowledged_by, acknowledged_at, resolved_by, resolved_at,
                                           reopened_by, reopened_at)
            VALUES ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000012',
                    '#0000000-0000-7000-8000-000000000005', '#0000000-0000-7000-8000-000000000011', 1, 'medium', 'over_budget',
                    'Too much', now(), 'resolved', '#0000000-0000-7000-8000-000000000002', now(),
                    '#0000000-0000-7000-8000-000000000002', now(), '#0000000-0000-7000-8000-000000000002', now());
            """, """
            INSERT INTO traces (organization_id, id, project_id, name, status, started_at, provisional, prompt_version_id, model_id)
            VALUES ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000013',
                    '#0000000-0000-7000-8000-000000000005', 'greet', 'running', now(), '{name,started_at}',
                    '#0000000-0000-7000-8000-000000000007', '#0000000-0000-7000-8000-000000000004');
            INSERT INTO spans (organization_id, trace_id, id, started_at, name, kind, status, provisional, model_id,
                               model_reported)
            VALUES ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000013',
                    '#0000000-0000-7000-8000-000000000014', now(), 'call', 'llm', 'running',
                    '{input}', '#0000000-0000-7000-8000-000000000004', true),
                   ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000013',
                    '#0000000-0000-7000-8000-000000000014', '1999-01-01Z', 'late', 'llm', 'running', NULL, NULL, false);
            UPDATE policy_violations SET trace_id = '#0000000-0000-7000-8000-000000000013'
            WHERE id = '#0000000-0000-7000-8000-000000000012';
            INSERT INTO evaluation_results (organization_id, id, evaluation_id, test_name, passed, trace_id)
            VALUES ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000015',
                    '#0000000-0000-7000-8000-000000000009', 'greets by name', false, '#0000000-0000-7000-8000-000000000013');
            """, """
            INSERT INTO prompt_deployments (organization_id, id, prompt_id, prompt_version_id, environment,
                                            deployed_by, deployed_at, ended_by, ended_at)
            VALUES ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000016',
                    '#0000000-0000-7000-8000-000000000006', '#0000000-0000-7000-8000-000000000007', 'production',
                    '#0000000-0000-7000-8000-000000000002', '2026-01-01Z', '#0000000-0000-7000-8000-000000000002', '2026-01-02Z'),
                   ('#0000000-0000-7000-8000-000000000001', '#0000000-0000-7000-8000-000000000017',
                    '#0000000-0000-7000-8000-000000000006', '#0000000-0000-7000-8000-000000000008', 'production',
                    '#0000000-0000-7000-8000-000000000002', '2026-01-02Z', NULL, NULL);
            """);

    private Rows() {}

    /** The statements that this migration makes possible, for the organization of this digit. */
    static String of(int version, int organization) {
        return "SET search_path TO promptforge; "
                + BY_VERSION.get(version - 1).replace("#", String.valueOf(organization));
    }

    /** All of them: a complete organization. */
    static String[] all(int organization) {
        return IntStream.rangeClosed(1, BY_VERSION.size())
                .mapToObj(version -> of(version, organization))
                .toArray(String[]::new);
    }

    /** The id of the row with this number, counted from 1 in the order above. */
    static String id(int organization, int number) {
        return "'%d0000000-0000-7000-8000-0000000000%02d'".formatted(organization, number);
    }
}
