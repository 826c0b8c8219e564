package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_DEPLOYMENTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.schema.jooq.tables.records.PromptDeploymentsRecord;
import io.promptforge.schema.jooq.tables.records.PromptVersionsRecord;
import io.promptforge.schema.jooq.tables.records.PromptsRecord;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;

/** From rows to the domain's records. */
final class PromptRows {
    /** What is selected for a prompt with a version. */
    static final Selection RESOLVED = Selection.of(PROMPTS.fields()).and(PROMPT_VERSIONS.fields());

    private PromptRows() {}

    static Prompt prompt(PromptsRecord row) {
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

    static PromptVersion version(PromptVersionsRecord row) {
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

    /** A row of {@link #RESOLVED}. */
    static ResolvedPrompt resolved(ResultRow row) {
        return new ResolvedPrompt(prompt(row.take(PROMPTS)), version(row.take(PROMPT_VERSIONS)));
    }

    /** A row of a deployment and the number of its version. */
    static PromptDeployment deployment(Record row) {
        return deployment(row.into(PROMPT_DEPLOYMENTS), row.get(PROMPT_VERSIONS.VERSION_NUMBER));
    }

    static PromptDeployment deployment(PromptDeploymentsRecord row, int versionNumber) {
        return new PromptDeployment(
                row.getId(),
                row.getPromptId(),
                row.getPromptVersionId(),
                versionNumber,
                row.getEnvironment(),
                Optional.ofNullable(row.getDeployedBy()),
                row.getDeployedAt(),
                Optional.ofNullable(row.getEndedBy()),
                Optional.ofNullable(row.getEndedAt()));
    }
}
