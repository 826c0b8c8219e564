package io.promptforge.benchmarks;

import io.promptforge.benchmarks.ReadCase.ReadCases;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.prompt.NewPrompt;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.PromptRepository;
import io.promptforge.dao.prompt.ResolvedPrompt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The version of a prompt that is deployed to an environment, found by the prompt's name: the first call of an application
 * for each of its calls of a model.
 */
record ResolveCases(Workspace workspace) implements ReadCases {
    static final String NAME = "resolve a prompt";

    /**
     * Enough that PostgreSQL uses the indexes. For fewer than about 240 rows it joins whole tables, which takes twice as long, and
     * a connection keeps the plan it has made until the next ANALYZE.
     */
    private static final int PROMPTS = 1_000;

    private static final String ENVIRONMENT = "production";

    /** The statement that PromptForge runs. */
    private static final String RESOLVE = """
            SELECT prompt.id, prompt.project_id, prompt.name, prompt.description, prompt.category, prompt.status,
                prompt.current_version_id, prompt.latest_version_number, prompt.created_by, prompt.created_at,
                prompt.updated_at,
                version.id, version.prompt_id, version.version_number, version.template_format, version.messages,
                version.tools, version.response_format, version.variables, version.model_configuration, version.tags,
                version.commit_message, version.content_hash, version.created_by, version.created_at,
                version.redacted_at, version.redacted_by, version.redaction_note
            FROM (
                SELECT * FROM prompts WHERE organization_id = ? AND project_id = ? AND name = ? LIMIT 1
            ) AS prompt
            CROSS JOIN LATERAL (
                SELECT prompt_version_id FROM prompt_deployments
                WHERE organization_id = prompt.organization_id AND prompt_id = prompt.id AND environment = ?
                    AND ended_at IS NULL
                LIMIT 1
            ) AS live
            CROSS JOIN LATERAL (
                SELECT * FROM prompt_versions
                WHERE organization_id = prompt.organization_id AND id = live.prompt_version_id
                LIMIT 1
            ) AS version
            """;

    @Override
    public void prepare() {
        PromptRepository prompts = workspace.tenant().prompts();
        for (String name : names()) {
            UUID id = prompts.create(
                            NewPrompt.of(workspace.projectId(), name),
                            NewPromptVersion.of("Answer the question of a customer: {{question}}")
                                    .systemMessage("You are the assistant of a shop for " + name + ".")
                                    .tags("support"))
                    .prompt()
                    .id();
            prompts.deploy(id, 1, ENVIRONMENT, null);
        }
        workspace.database().execute("VACUUM (ANALYZE)");
    }

    @Override
    public Stream<ReadCase<?>> reads() {
        return Stream.of(new ReadCase<>(NAME, names(), 1)
                .by(ReadCase.JDBC, this::byJdbc)
                .by(Case.PROMPTFORGE, name -> by(workspace.tenant(), name))
                .by(Case.CONFINED, name -> by(workspace.confined(), name))
                .by("JDBI", this::byJdbi));
    }

    private List<String> names() {
        return IntStream.range(0, workspace.scale().rows(PROMPTS))
                .mapToObj(number -> "prompt " + number)
                .toList();
    }

    private ResolvedPrompt by(Tenant tenant, String name) {
        return tenant.prompts()
                .resolve(workspace.projectId(), name, ENVIRONMENT)
                .orElseThrow();
    }

    private ResolvedPrompt byJdbc(String name) throws SQLException {
        try (Connection connection = workspace.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(RESOLVE)) {
            select.setObject(1, workspace.organizationId());
            select.setObject(2, workspace.projectId());
            select.setString(3, name);
            select.setString(4, ENVIRONMENT);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return JdbcRecords.resolved(row);
            }
        }
    }

    private ResolvedPrompt byJdbi(String name) {
        return workspace.jdbi().withHandle(handle -> handle.createQuery(RESOLVE)
                .bind(0, workspace.organizationId())
                .bind(1, workspace.projectId())
                .bind(2, name)
                .bind(3, ENVIRONMENT)
                .map((row, context) -> JdbcRecords.resolved(row))
                .one());
    }
}
