package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPT_DEPLOYMENTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.query.SortOrder;
import java.util.UUID;
import org.jooq.Table;

/** How deployments of prompts are read: rows to records, and the orders of the list. */
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

    /** Deployments with their versions, which have the numbers. */
    static final Table<?> TABLE = PROMPT_DEPLOYMENTS
            .join(PROMPT_VERSIONS)
            .on(PROMPT_VERSIONS.ORGANIZATION_ID.eq(PROMPT_DEPLOYMENTS.ORGANIZATION_ID))
            .and(PROMPT_VERSIONS.ID.eq(PROMPT_DEPLOYMENTS.PROMPT_VERSION_ID));

    static final Criterion<UUID> PROMPT_ID = new Criterion<>("prompt_id");
    static final Criterion<String> ENVIRONMENT = new Criterion<>("environment");

    private static final Conditions CONDITIONS = Conditions.ofTenant(PROMPT_DEPLOYMENTS.ORGANIZATION_ID)
            .equal(PROMPT_ID, PROMPT_DEPLOYMENTS.PROMPT_ID)
            .equal(ENVIRONMENT, PROMPT_DEPLOYMENTS.ENVIRONMENT);

    static final SortOrder LIVE_BY_ENVIRONMENT =
            SortOrder.ascending(PROMPT_DEPLOYMENTS.ENVIRONMENT).where(PROMPT_DEPLOYMENTS.ENDED_AT.isNull());

    static final SortOrder LATEST_FIRST = SortOrder.descending(PROMPT_DEPLOYMENTS.DEPLOYED_AT, PROMPT_DEPLOYMENTS.ID);

    static final ListQuery<PromptDeployment> LIST =
            new ListQuery<>("prompt_deployments", TABLE, CONDITIONS, DEPLOYMENT);

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
