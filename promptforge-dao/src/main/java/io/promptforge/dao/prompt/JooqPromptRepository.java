package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;

import io.promptforge.dao.internal.Columns;
import io.promptforge.dao.internal.Ids;
import io.promptforge.dao.internal.TenantSession;
import io.promptforge.schema.jooq.tables.records.PromptVersionsRecord;
import io.promptforge.schema.jooq.tables.records.PromptsRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

final class JooqPromptRepository implements PromptRepository {
    private final TenantSession session;

    JooqPromptRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public ResolvedPrompt create(NewPrompt prompt, NewPromptVersion firstVersion) {
        return session.transaction(tx -> {
            UUID id = Ids.next();
            insert(tx, id, prompt);
            PromptVersion version = insert(tx, id, 1, firstVersion);
            return new ResolvedPrompt(makeCurrent(tx, version), version);
        });
    }

    @Override
    public Optional<Prompt> find(UUID id) {
        return session.run(dsl -> dsl.selectFrom(PROMPTS)
                .where(PROMPTS.ORGANIZATION_ID.eq(session.organizationId()))
                .and(PROMPTS.ID.eq(id))
                .fetchOptional(JooqPromptRepository::prompt));
    }

    @Override
    public Optional<ResolvedPrompt> resolve(UUID projectId, String name) {
        return session.run(dsl -> dsl.select(PROMPTS.fields())
                .select(PROMPT_VERSIONS.fields())
                .from(PROMPTS)
                .join(PROMPT_VERSIONS)
                .on(PROMPT_VERSIONS.ORGANIZATION_ID.eq(PROMPTS.ORGANIZATION_ID))
                .and(PROMPT_VERSIONS.ID.eq(PROMPTS.CURRENT_VERSION_ID))
                .where(PROMPTS.ORGANIZATION_ID.eq(session.organizationId()))
                .and(PROMPTS.PROJECT_ID.eq(projectId))
                .and(PROMPTS.NAME.eq(name))
                .fetchOptional(
                        row -> new ResolvedPrompt(prompt(row.into(PROMPTS)), version(row.into(PROMPT_VERSIONS)))));
    }

    private static void insert(TenantSession tx, UUID id, NewPrompt prompt) {
        tx.run(dsl -> dsl.insertInto(PROMPTS)
                .set(PROMPTS.ORGANIZATION_ID, tx.organizationId())
                .set(PROMPTS.ID, id)
                .set(PROMPTS.PROJECT_ID, prompt.projectId())
                .set(PROMPTS.NAME, prompt.name())
                .set(PROMPTS.DESCRIPTION, prompt.description())
                .set(PROMPTS.CATEGORY, prompt.category())
                .set(PROMPTS.STATUS, prompt.status())
                .set(PROMPTS.LATEST_VERSION_NUMBER, 1)
                .set(PROMPTS.CREATED_BY, prompt.createdBy())
                .execute());
    }

    private static PromptVersion insert(TenantSession tx, UUID promptId, int number, NewPromptVersion version) {
        return tx.run(dsl -> dsl.insertInto(PROMPT_VERSIONS)
                .set(PROMPT_VERSIONS.ORGANIZATION_ID, tx.organizationId())
                .set(PROMPT_VERSIONS.ID, Ids.next())
                .set(PROMPT_VERSIONS.PROMPT_ID, promptId)
                .set(PROMPT_VERSIONS.VERSION_NUMBER, number)
                .set(PROMPT_VERSIONS.TEMPLATE, version.template())
                .set(PROMPT_VERSIONS.SYSTEM_MESSAGE, version.systemMessage())
                .set(PROMPT_VERSIONS.VARIABLES, Columns.jsonb(version.variables()))
                .set(PROMPT_VERSIONS.MODEL_CONFIGURATION, Columns.jsonb(version.modelConfiguration()))
                .set(PROMPT_VERSIONS.TAGS, version.tags().toArray(String[]::new))
                .set(PROMPT_VERSIONS.COMMIT_MESSAGE, version.commitMessage())
                .set(PROMPT_VERSIONS.CREATED_BY, version.createdBy())
                .returning()
                .fetchSingle(JooqPromptRepository::version));
    }

    private static Prompt makeCurrent(TenantSession tx, PromptVersion version) {
        return tx.run(dsl -> dsl.update(PROMPTS)
                .set(PROMPTS.CURRENT_VERSION_ID, version.id())
                .where(PROMPTS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(PROMPTS.ID.eq(version.promptId()))
                .returning()
                .fetchSingle(JooqPromptRepository::prompt));
    }

    private static Prompt prompt(PromptsRecord row) {
        return new Prompt(
                row.getId(),
                row.getProjectId(),
                row.getName(),
                Optional.ofNullable(row.getDescription()),
                Optional.ofNullable(row.getCategory()),
                row.getStatus(),
                Optional.ofNullable(row.getCurrentVersionId()),
                row.getLatestVersionNumber(),
                row.getLockVersion(),
                Optional.ofNullable(row.getCreatedBy()),
                row.getCreatedAt(),
                row.getUpdatedAt());
    }

    private static PromptVersion version(PromptVersionsRecord row) {
        return new PromptVersion(
                row.getId(),
                row.getPromptId(),
                row.getVersionNumber(),
                row.getTemplate(),
                Optional.ofNullable(row.getSystemMessage()),
                Columns.json(row.getVariables()),
                Columns.json(row.getModelConfiguration()),
                List.of(row.getTags()),
                Optional.ofNullable(row.getCommitMessage()),
                row.getContentHash(),
                Optional.ofNullable(row.getCreatedBy()),
                row.getCreatedAt());
    }
}
