package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** What a filter asks of the rows. */
final class JooqTraceFilter {
    private final List<Condition> conditions = new ArrayList<>();
    private final List<Object> shape = new ArrayList<>();

    /** What a filter asks of the traces of a tenant. */
    JooqTraceFilter(UUID organization, TraceFilter filter) {
        conditions.add(TRACES.ORGANIZATION_ID.eq(organization));
        whose(filter, organization);
        how(filter);
    }

    /** The condition on the traces of a tenant. */
    static Condition condition(UUID organization, TraceFilter filter) {
        return new JooqTraceFilter(organization, filter).condition();
    }

    Condition condition() {
        return DSL.and(conditions);
    }

    /** How the condition is rendered: it differs by what is asked, and by what is written out. */
    List<Object> shape() {
        return shape;
    }

    private void whose(TraceFilter filter, UUID organization) {
        add(filter.projectId(), TRACES.PROJECT_ID::eq);
        add(
                filter.promptId(),
                prompt -> TRACES.PROMPT_VERSION_ID.in(select(PROMPT_VERSIONS.ID)
                        .from(PROMPT_VERSIONS)
                        .where(PROMPT_VERSIONS.ORGANIZATION_ID.eq(organization))
                        .and(PROMPT_VERSIONS.PROMPT_ID.eq(prompt))));
        add(filter.promptVersionId(), TRACES.PROMPT_VERSION_ID::eq);
        add(filter.modelId(), TRACES.MODEL_ID::eq);
        add(filter.environment(), TRACES.ENVIRONMENT::eq);
        add(filter.sessionId(), TRACES.SESSION_ID::eq);
        add(filter.endUserId(), TRACES.END_USER_ID::eq);
        add(filter.externalId(), TRACES.EXTERNAL_ID::eq);
    }

    private void how(TraceFilter filter) {
        shape.add(filter.statuses());
        if (!filter.statuses().isEmpty()) {
            // written out, so that PostgreSQL sees that the index of the failed ones has them
            conditions.add(TRACES.STATUS.in(filter.statuses().stream()
                    .map(status -> inline(status, TRACES.STATUS.getDataType()))
                    .toList()));
        }
        add(filter.startedFrom(), TRACES.STARTED_AT::ge);
        add(filter.startedBefore(), TRACES.STARTED_AT::lt);
        add(filter.errorType(), TRACES.ERROR_TYPE::eq);
        add(filter.minDuration(), TRACES.DURATION_US::ge);
        add(filter.minCost(), TRACES.COST::ge);
        add(
                filter.text(),
                text -> TRACES.NAME.containsIgnoreCase(text).or(TRACES.EXTERNAL_ID.containsIgnoreCase(text)));
    }

    private <T> void add(Optional<T> wanted, Function<T, Condition> condition) {
        wanted.map(condition).ifPresent(conditions::add);
        shape.add(wanted.isPresent());
    }
}
