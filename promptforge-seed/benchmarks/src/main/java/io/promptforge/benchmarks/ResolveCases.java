package io.promptforge.benchmarks;

import io.promptforge.benchmarks.ReadCase.ReadCases;
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
            SELECT prompts.id, prompts.project_id, prompts.name, prompts.description, prompts.category, prompts.status,
                prompts.current_version_id, prompts.latest_version_number, prompts.created_by,
                prompts.created_at, prompts.updated_at,
                prompt_versions.id, prompt_versions.prompt_id, prompt_versions.version_number, prompt_versions.template,
                prompt_versions.system_message, prompt_versions.variables, prompt_versions.model_configuration,
                prompt_versions.tags, prompt_versions.commit_message, prompt_versions.content_hash,
                prompt_versions.created_by, prompt_versions.created_at
            FROM prompts
            JOIN prompt_deployments
                ON prompt_deployments.organization_id = prompts.organization_id
                AND prompt_deployments.prompt_id = prompts.id
                AND prompt_deployments.environment = ?
                AND prompt_deployments.ended_at IS NULL
            JOIN prompt_versions
                ON prompt_versions.organization_id = prompt_deployments.organization_id
                AND prompt_versions.id = prompt_deployments.prompt_version_id
            WHERE prompts.organization_id = ? AND prompts.project_id = ? AND prompts.name = ?
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
                .by(Case.PROMPTFORGE, this::byPromptForge)
                .by("JDBI", this::byJdbi));
    }

    private List<String> names() {
        return IntStream.range(0, workspace.scale().rows(PROMPTS))
                .mapToObj(number -> "prompt " + number)
                .toList();
    }

    private ResolvedPrompt byPromptForge(String name) {
        return workspace
                .tenant()
                .prompts()
                .resolve(workspace.projectId(), name, ENVIRONMENT)
                .orElseThrow();
    }

    private ResolvedPrompt byJdbc(String name) throws SQLException {
        try (Connection connection = workspace.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(RESOLVE)) {
            select.setString(1, ENVIRONMENT);
            select.setObject(2, workspace.organizationId());
            select.setObject(3, workspace.projectId());
            select.setString(4, name);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return JdbcRecords.resolved(row);
            }
        }
    }

    private ResolvedPrompt byJdbi(String name) {
        return workspace.jdbi().withHandle(handle -> handle.createQuery(RESOLVE)
                .bind(0, ENVIRONMENT)
                .bind(1, workspace.organizationId())
                .bind(2, workspace.projectId())
                .bind(3, name)
                .map((row, context) -> JdbcRecords.resolved(row))
                .one());
    }
}
