package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_DEPLOYMENTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import io.promptforge.dao.internal.query.FrequentQuery;
import io.promptforge.dao.internal.session.TenantSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;

/**
 * Finds the version that an application uses, by one statement, since applications ask before each call of a model. Each table is
 * a subquery of at most one row, so that PostgreSQL seeks them one after the other by their keys: of a plain join it makes a hash join
 * as long as the tables are small, and keeps that plan for a connection when they have grown.
 */
final class JooqPromptResolution {
    private static final FrequentQuery CURRENT =
            new FrequentQuery(PromptVersionRows.RESOLVED, JooqPromptResolution::currentVersion);
    private static final FrequentQuery DEPLOYED =
            new FrequentQuery(PromptVersionRows.RESOLVED, JooqPromptResolution::deployedVersion);

    private JooqPromptResolution() {}

    static Optional<ResolvedPrompt> current(TenantSession session, UUID projectId, String name) {
        return CURRENT.fetchOptional(
                session,
                List.of(session.organizationId(), projectId, name, session.organizationId()),
                PromptVersionRows::resolved);
    }

    static Optional<ResolvedPrompt> deployed(TenantSession session, UUID projectId, String name, String environment) {
        return DEPLOYED.fetchOptional(
                session,
                List.of(
                        session.organizationId(),
                        projectId,
                        name,
                        session.organizationId(),
                        environment,
                        session.organizationId()),
                PromptVersionRows::resolved);
    }

    private static Select<?> currentVersion() {
        Table<?> prompt = promptOfName();
        Table<?> version = version(of(prompt, PROMPTS.CURRENT_VERSION_ID));
        return select(resolved(prompt, version)).from(prompt.crossJoin(version));
    }

    private static Select<?> deployedVersion() {
        Table<?> prompt = promptOfName();
        Table<?> live = lateral(select(PROMPT_DEPLOYMENTS.PROMPT_VERSION_ID)
                .from(PROMPT_DEPLOYMENTS)
                .where(PROMPT_DEPLOYMENTS.ORGANIZATION_ID.eq(organization()))
                .and(PROMPT_DEPLOYMENTS.PROMPT_ID.eq(of(prompt, PROMPTS.ID)))
                .and(PROMPT_DEPLOYMENTS.ENVIRONMENT.eq(param("environment", String.class)))
                .and(PROMPT_DEPLOYMENTS.ENDED_AT.isNull())
                .limit(inline(1))
                .asTable("live"));
        Table<?> version = version(of(live, PROMPT_DEPLOYMENTS.PROMPT_VERSION_ID));
        return select(resolved(prompt, version)).from(prompt.crossJoin(live).crossJoin(version));
    }

    private static Table<?> promptOfName() {
        return select(PROMPTS.fields())
                .from(PROMPTS)
                .where(PROMPTS.ORGANIZATION_ID.eq(organization()))
                .and(PROMPTS.PROJECT_ID.eq(param("project_id", UUID.class)))
                .and(PROMPTS.NAME.eq(param("name", String.class)))
                .limit(inline(1))
                .asTable("prompt");
    }

    private static Table<?> version(Field<UUID> id) {
        return lateral(select(PromptVersionRows.VERSION.fields())
                .from(PROMPT_VERSIONS)
                .where(PROMPT_VERSIONS.ORGANIZATION_ID.eq(organization()))
                .and(PROMPT_VERSIONS.ID.eq(id))
                .limit(inline(1))
                .asTable("version"));
    }

    /** The tenant, given to each table: Citus seeks the shard of each subquery by it. */
    private static Field<UUID> organization() {
        return param("organization_id", UUID.class);
    }

    private static List<Field<?>> resolved(Table<?> prompt, Table<?> version) {
        List<Field<?>> fields = new ArrayList<>();
        PromptRows.PROMPT.fields().forEach(field -> fields.add(of(prompt, field)));
        PromptVersionRows.VERSION.fields().forEach(field -> fields.add(of(version, field)));
        return fields;
    }

    private static <T> Field<T> of(Table<?> table, Field<T> field) {
        return Objects.requireNonNull(table.field(field), field::toString);
    }
}
