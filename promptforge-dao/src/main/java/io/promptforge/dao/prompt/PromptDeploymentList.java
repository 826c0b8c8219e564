package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPT_DEPLOYMENTS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;
import java.util.UUID;

/** The lists of prompt deployments: what each criterion of a filter is in SQL, and the orders. */
final class PromptDeploymentList {
    static final Criterion<UUID> PROMPT_ID = new Criterion<>("prompt_id");
    static final Criterion<String> ENVIRONMENT = new Criterion<>("environment");

    private static final Conditions CONDITIONS = Conditions.ofTenant(PROMPT_DEPLOYMENTS.ORGANIZATION_ID)
            .equal(PROMPT_ID, PROMPT_DEPLOYMENTS.PROMPT_ID)
            .equal(ENVIRONMENT, PROMPT_DEPLOYMENTS.ENVIRONMENT);

    static final SortOrder LIVE_BY_ENVIRONMENT =
            SortOrder.ascending(PROMPT_DEPLOYMENTS.ENVIRONMENT).where(PROMPT_DEPLOYMENTS.ENDED_AT.isNull());

    static final SortOrder LATEST_FIRST = SortOrder.descending(PROMPT_DEPLOYMENTS.DEPLOYED_AT, PROMPT_DEPLOYMENTS.ID);

    static final ListQuery<PromptDeployment> LIST = new ListQuery<>(
            "prompt_deployments", PromptDeploymentRows.TABLE, CONDITIONS, PromptDeploymentRows.DEPLOYMENT);

    private PromptDeploymentList() {}
}
