package io.promptforge.dao;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;
import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static io.promptforge.schema.jooq.Tables.POLICIES;
import static io.promptforge.schema.jooq.Tables.POLICY_VIOLATIONS;
import static io.promptforge.schema.jooq.Tables.PROMPTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;
import static io.promptforge.schema.jooq.Tables.TRACES;

import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What the guard must know of stored rows. */
final class JooqSubjects {
    private final TenantSession session;

    JooqSubjects(TenantSession session) {
        this.session = session;
    }

    /** The projects that the rows with these ids are in; ids that are not found are left out. */
    Set<UUID> projectsOf(Subject subject, Set<UUID> ids) {
        if (ids.isEmpty()) {
            return ids;
        }
        return switch (subject) {
            case ORGANIZATION, SHARED -> throw new IllegalArgumentException(subject + " is in no project");
            case PROJECT -> ids;
            case PROMPT -> projectsIn(PROMPTS, PROMPTS.ID.in(each(ids)));
            case PROMPT_VERSION ->
                projectsIn(
                        PROMPTS,
                        PROMPTS.ID.in(DSL.select(PROMPT_VERSIONS.PROMPT_ID)
                                .from(PROMPT_VERSIONS)
                                .where(PROMPT_VERSIONS.ORGANIZATION_ID.eq(session.organizationId()))
                                .and(PROMPT_VERSIONS.ID.in(each(ids)))));
            case EVALUATION -> projectsIn(EVALUATIONS, EVALUATIONS.ID.in(each(ids)));
            case EVALUATION_RESULT -> projectsIn(EVALUATION_RESULTS, EVALUATION_RESULTS.ID.in(each(ids)));
            case POLICY -> projectsIn(POLICIES, POLICIES.ID.in(each(ids)));
            case VIOLATION -> projectsIn(POLICY_VIOLATIONS, POLICY_VIOLATIONS.ID.in(each(ids)));
            case TRACE -> projectsIn(TRACES, TRACES.ID.in(each(ids)));
        };
    }

    private Set<UUID> projectsIn(Table<?> table, Condition condition) {
        Field<UUID> project = field(table, "project_id");
        return session.run(dsl -> dsl.selectDistinct(project)
                .from(table)
                .where(field(table, "organization_id").eq(session.organizationId()))
                .and(condition)
                .fetchSet(project));
    }

    private static Field<UUID> field(Table<?> table, String name) {
        return Objects.requireNonNull(table.field(name, UUID.class));
    }

    private static Select<Record1<UUID>> each(Set<UUID> ids) {
        return RowsById.each(ids.toArray(UUID[]::new));
    }

    /** Whether this is the id of an enforced policy. */
    boolean isEnforced(@Nullable Object policyId) {
        return policyId instanceof UUID id
                && session.run(dsl -> dsl.fetchExists(dsl.selectOne()
                        .from(POLICIES)
                        .where(POLICIES.ORGANIZATION_ID.eq(session.organizationId()))
                        .and(POLICIES.ID.eq(id))
                        .and(POLICIES.ENFORCED)));
    }
}
