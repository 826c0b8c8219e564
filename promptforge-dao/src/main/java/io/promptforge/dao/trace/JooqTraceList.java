package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.TRACES;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.Keyset;
import io.promptforge.dao.internal.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.TableField;

/** Reads lists of traces, in the orders for which there are indexes. */
final class JooqTraceList {
    private JooqTraceList() {}

    static Page<Trace> list(TenantSession session, TraceFilter filter, TraceOrder order, PageRequest page) {
        List<?> list = List.of("traces", session.organizationId(), filter, order);
        Condition condition = JooqTraceFilter.condition(session.organizationId(), filter);
        return switch (order) {
            case NEWEST_FIRST -> fetch(session, descending(list, TRACES.STARTED_AT), condition, page);
            case OLDEST_FIRST -> fetch(session, ascending(list, TRACES.STARTED_AT), condition, page);
            default -> {
                if (filter.projectId().isEmpty()) {
                    throw new InvalidValueException(
                            "project_id",
                            "The order " + order + " is of the traces of one project: name it in the filter, or take"
                                    + " NEWEST_FIRST or OLDEST_FIRST.",
                            null);
                }
                yield listInProject(session, list, condition, order, page);
            }
        };
    }

    static Page<Trace> children(TenantSession session, UUID parent, PageRequest page) {
        List<?> list = List.of("children", session.organizationId(), parent);
        Condition condition =
                TRACES.ORGANIZATION_ID.eq(session.organizationId()).and(TRACES.PARENT_TRACE_ID.eq(parent));
        return fetch(session, ascending(list, TRACES.STARTED_AT), condition, page);
    }

    private static Page<Trace> listInProject(
            TenantSession session, List<?> list, Condition condition, TraceOrder order, PageRequest page) {
        Condition ended = condition.and(TRACES.DURATION_US.isNotNull());
        return switch (order) {
            case SLOWEST_FIRST -> fetch(session, descending(list, TRACES.DURATION_US), ended, page);
            case FASTEST_FIRST -> fetch(session, ascending(list, TRACES.DURATION_US), ended, page);
            case MOST_TOKENS_FIRST -> fetch(session, descending(list, TRACES.TOTAL_TOKENS), condition, page);
            case FEWEST_TOKENS_FIRST -> fetch(session, ascending(list, TRACES.TOTAL_TOKENS), condition, page);
            case MOST_EXPENSIVE_FIRST -> fetch(session, descending(list, TRACES.COST), condition, page);
            case CHEAPEST_FIRST -> fetch(session, ascending(list, TRACES.COST), condition, page);
            case NEWEST_FIRST, OLDEST_FIRST -> throw new IllegalStateException("not only of projects: " + order);
        };
    }

    private static Page<Trace> fetch(TenantSession session, Keyset keyset, Condition condition, PageRequest page) {
        return session.run(dsl -> keyset.fetch(
                dsl,
                dsl.select(TraceRows.FIELDS)
                        .select(TRACES.DURATION_US, TRACES.TOTAL_TOKENS)
                        .from(TRACES)
                        .where(condition),
                page,
                TraceRows::trace));
    }

    private static Keyset ascending(List<?> list, TableField<?, ?> key) {
        return Keyset.ascending(list, key, TRACES.ID);
    }

    private static Keyset descending(List<?> list, TableField<?, ?> key) {
        return Keyset.descending(list, key, TRACES.ID);
    }
}
