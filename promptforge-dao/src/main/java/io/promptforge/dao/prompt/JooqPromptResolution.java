package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_DEPLOYMENTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import io.promptforge.dao.internal.query.FrequentQuery;
import io.promptforge.dao.internal.session.TenantSession;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Select;

/** Finds the version that an application uses, by one statement, since applications ask before each call of a model. */
final class JooqPromptResolution {
    private static final FrequentQuery CURRENT =
            new FrequentQuery(PromptVersionRows.RESOLVED, JooqPromptResolution::currentVersion);
    private static final FrequentQuery DEPLOYED =
            new FrequentQuery(PromptVersionRows.RESOLVED, JooqPromptResolution::deployedVersion);

    private JooqPromptResolution() {}

    static Optional<ResolvedPrompt> current(TenantSession session, UUID projectId, String name) {
        return CURRENT.fetchOptional(
                session, List.of(session.organizationId(), projectId, name), PromptVersionRows::resolved);
    }

    static Optional<ResolvedPrompt> deployed(TenantSession session, UUID projectId, String name, String environment) {
        return DEPLOYED.fetchOptional(
                session, List.of(environment, session.organizationId(), projectId, name), PromptVersionRows::resolved);
    }

    private static Select<?> currentVersion() {
        return select(PromptVersionRows.RESOLVED.fields())
                .from(PromptVersionRows.CURRENT)
                .where(isNamed());
    }

    private static Select<?> deployedVersion() {
        return select(PromptVersionRows.RESOLVED.fields())
                .from(PROMPTS)
                .join(PROMPT_DEPLOYMENTS)
                .on(PROMPT_DEPLOYMENTS.ORGANIZATION_ID.eq(PROMPTS.ORGANIZATION_ID))
                .and(PROMPT_DEPLOYMENTS.PROMPT_ID.eq(PROMPTS.ID))
                .and(PROMPT_DEPLOYMENTS.ENVIRONMENT.eq(param("environment", String.class)))
                .and(PROMPT_DEPLOYMENTS.ENDED_AT.isNull())
                .join(PROMPT_VERSIONS)
                .on(PROMPT_VERSIONS.ORGANIZATION_ID.eq(PROMPT_DEPLOYMENTS.ORGANIZATION_ID))
                .and(PROMPT_VERSIONS.ID.eq(PROMPT_DEPLOYMENTS.PROMPT_VERSION_ID))
                .where(isNamed());
    }

    private static Condition isNamed() {
        return PROMPTS.ORGANIZATION_ID
                .eq(param("organization_id", UUID.class))
                .and(PROMPTS.PROJECT_ID.eq(param("project_id", UUID.class)))
                .and(PROMPTS.NAME.eq(param("name", String.class)));
    }
}
