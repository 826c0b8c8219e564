package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPT_DEPLOYMENTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import java.util.UUID;
import org.jooq.Table;

/** Maps rows to deployments of prompts. */
final class PromptDeploymentRows {
    static final RowReader<PromptDeployment> DEPLOYMENT = RowReader.of(
            Selection.of(
                    PROMPT_DEPLOYMENTS.ID,
                    PROMPT_DEPLOYMENTS.PROMPT_ID,
                    PROMPT_DEPLOYMENTS.PROMPT_VERSION_ID,
                    PROMPT_VERSIONS.VERSION_NUMBER,
                    PROMPT_DEPLOYMENTS.ENVIRONMENT,
                    PROMPT_DEPLOYMENTS.DEPLOYED_BY,
                    PROMPT_DEPLOYMENTS.DEPLOYED_AT,
                    PROMPT_DEPLOYMENTS.ENDED_BY,
                    PROMPT_DEPLOYMENTS.ENDED_AT),
            PromptDeploymentRows::deployment);

    static final RowReader<UUID> ID =
            RowReader.of(Selection.of(PROMPT_DEPLOYMENTS.ID), row -> row.take(PROMPT_DEPLOYMENTS.ID));

    /** Deployments with their versions, which have the numbers. */
    static final Table<?> TABLE = PROMPT_DEPLOYMENTS
            .join(PROMPT_VERSIONS)
            .on(PROMPT_VERSIONS.ORGANIZATION_ID.eq(PROMPT_DEPLOYMENTS.ORGANIZATION_ID))
            .and(PROMPT_VERSIONS.ID.eq(PROMPT_DEPLOYMENTS.PROMPT_VERSION_ID));

    private PromptDeploymentRows() {}

    private static PromptDeployment deployment(ResultRow row) {
        return new PromptDeployment(
                row.take(PROMPT_DEPLOYMENTS.ID),
                row.take(PROMPT_DEPLOYMENTS.PROMPT_ID),
                row.take(PROMPT_DEPLOYMENTS.PROMPT_VERSION_ID),
                row.take(PROMPT_VERSIONS.VERSION_NUMBER),
                row.take(PROMPT_DEPLOYMENTS.ENVIRONMENT),
                row.takeOptional(PROMPT_DEPLOYMENTS.DEPLOYED_BY),
                row.take(PROMPT_DEPLOYMENTS.DEPLOYED_AT),
                row.takeOptional(PROMPT_DEPLOYMENTS.ENDED_BY),
                row.takeOptional(PROMPT_DEPLOYMENTS.ENDED_AT));
    }
}
