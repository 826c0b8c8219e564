package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.TRACES;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.query.Keyset;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.TableField;

/** Reads lists of traces, in the orders for which there are indexes. */
final class JooqTraceList {
    /** With those that are sorted by and that a trace does not have. */
    private static final ListQuery TRACE_LIST =
            new ListQuery(TRACES, TraceRows.FIELDS.and(TRACES.DURATION_US, TRACES.TOTAL_TOKENS));

    private static final Set<TraceOrder> OF_ALL_PROJECTS = EnumSet.of(TraceOrder.NEWEST_FIRST, TraceOrder.OLDEST_FIRST);

    private JooqTraceList() {}

    static Page<Trace> list(TenantSession session, TraceFilter filter, TraceOrder order, PageRequest page) {
        if (!OF_ALL_PROJECTS.contains(order) && filter.projectId().isEmpty()) {
            throw new InvalidValueException(
                    "project_id",
                    "The order " + order + " is of the traces of one project: name it in the filter, or take"
                            + " NEWEST_FIRST or OLDEST_FIRST.",
                    null);
        }
        JooqTraceFilter asked = new JooqTraceFilter(session.organizationId(), filter);
        Condition condition =
                switch (order) {
                    case SLOWEST_FIRST, FASTEST_FIRST -> asked.condition().and(TRACES.DURATION_US.isNotNull());
                    default -> asked.condition();
                };
        Keyset keyset = keyset(List.of("traces", session.organizationId(), filter, order), order);
        return TRACE_LIST.fetch(session, condition, asked.shape(), keyset, page, TraceRows::trace);
    }

    static Page<Trace> children(TenantSession session, UUID parent, PageRequest page) {
        List<?> list = List.of("children", session.organizationId(), parent);
        Condition condition =
                TRACES.ORGANIZATION_ID.eq(session.organizationId()).and(TRACES.PARENT_TRACE_ID.eq(parent));
        return TRACE_LIST.fetch(
                session, condition, List.of("children"), ascending(list, TRACES.STARTED_AT), page, TraceRows::trace);
    }

    private static Keyset keyset(List<?> list, TraceOrder order) {
        return switch (order) {
            case NEWEST_FIRST -> descending(list, TRACES.STARTED_AT);
            case OLDEST_FIRST -> ascending(list, TRACES.STARTED_AT);
            case SLOWEST_FIRST -> descending(list, TRACES.DURATION_US);
            case FASTEST_FIRST -> ascending(list, TRACES.DURATION_US);
            case MOST_TOKENS_FIRST -> descending(list, TRACES.TOTAL_TOKENS);
            case FEWEST_TOKENS_FIRST -> ascending(list, TRACES.TOTAL_TOKENS);
            case MOST_EXPENSIVE_FIRST -> descending(list, TRACES.COST);
            case CHEAPEST_FIRST -> ascending(list, TRACES.COST);
        };
    }

    private static Keyset ascending(List<?> list, TableField<?, ?> key) {
        return Keyset.ascending(list, key, TRACES.ID);
    }

    private static Keyset descending(List<?> list, TableField<?, ?> key) {
        return Keyset.descending(list, key, TRACES.ID);
    }
}
