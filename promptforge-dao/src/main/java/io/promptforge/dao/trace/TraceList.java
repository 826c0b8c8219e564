package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.select;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.query.SortOrders;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Lists of traces: the conditions of the filter, and the orders, each of which has an index. */
final class TraceList {
    private static final Criterion<UUID> PARENT = new Criterion<>("parent_trace_id");

    static final Conditions CONDITIONS = Conditions.ofTenant(TRACES.ORGANIZATION_ID)
            .anyOf(TraceFilter.STATUS, TRACES.STATUS)
            .equal(TraceFilter.PROJECT_ID, TRACES.PROJECT_ID)
            .where(
                    TraceFilter.PROMPT_ID,
                    PROMPT_VERSIONS.PROMPT_ID.getDataType(),
                    (tenant, prompt) -> TRACES.PROMPT_VERSION_ID.in(select(PROMPT_VERSIONS.ID)
                            .from(PROMPT_VERSIONS)
                            .where(PROMPT_VERSIONS.ORGANIZATION_ID.eq(tenant))
                            .and(PROMPT_VERSIONS.PROMPT_ID.eq(prompt))))
            .equal(TraceFilter.PROMPT_VERSION_ID, TRACES.PROMPT_VERSION_ID)
            .equal(TraceFilter.MODEL_ID, TRACES.MODEL_ID)
            .equal(TraceFilter.ENVIRONMENT, TRACES.ENVIRONMENT)
            .equal(TraceFilter.SESSION_ID, TRACES.SESSION_ID)
            .equal(TraceFilter.END_USER_ID, TRACES.END_USER_ID)
            .equal(TraceFilter.EXTERNAL_ID, TRACES.EXTERNAL_ID)
            .atLeast(TraceFilter.STARTED_FROM, TRACES.OCCURRED_AT)
            .lessThan(TraceFilter.STARTED_BEFORE, TRACES.OCCURRED_AT)
            .equal(TraceFilter.ERROR_TYPE, TRACES.ERROR_TYPE)
            .atLeast(TraceFilter.MIN_DURATION, TRACES.DURATION_US)
            .atLeast(TraceFilter.MIN_COST, TRACES.COST)
            .mentions(TraceFilter.TEXT, TRACES.NAME, TRACES.EXTERNAL_ID)
            .equal(PARENT, TRACES.PARENT_TRACE_ID);

    private static final SortOrder OLDEST_FIRST = SortOrder.ascending(TRACES.OCCURRED_AT, TRACES.ID);

    private static final SortOrders<TraceOrder> ORDERS = new SortOrders<>(
            TraceOrder.class,
            Map.of(
                    TraceOrder.NEWEST_FIRST, SortOrder.descending(TRACES.OCCURRED_AT, TRACES.ID),
                    TraceOrder.OLDEST_FIRST, OLDEST_FIRST,
                    TraceOrder.SLOWEST_FIRST,
                            SortOrder.descending(TRACES.DURATION_US, TRACES.ID).where(TRACES.DURATION_US.isNotNull()),
                    TraceOrder.FASTEST_FIRST,
                            SortOrder.ascending(TRACES.DURATION_US, TRACES.ID).where(TRACES.DURATION_US.isNotNull()),
                    TraceOrder.MOST_TOKENS_FIRST, SortOrder.descending(TRACES.TOTAL_TOKENS, TRACES.ID),
                    TraceOrder.FEWEST_TOKENS_FIRST, SortOrder.ascending(TRACES.TOTAL_TOKENS, TRACES.ID),
                    TraceOrder.MOST_EXPENSIVE_FIRST, SortOrder.descending(TRACES.COST, TRACES.ID),
                    TraceOrder.CHEAPEST_FIRST, SortOrder.ascending(TRACES.COST, TRACES.ID)));

    private static final Set<TraceOrder> OF_ALL_PROJECTS = EnumSet.of(TraceOrder.NEWEST_FIRST, TraceOrder.OLDEST_FIRST);

    static final RowReader<Trace> TRACE = RowReader.of(TraceRows.FIELDS, TraceRows::trace);

    private static final ListQuery<Trace> LIST = new ListQuery<>("traces", TRACES, CONDITIONS, TRACE);

    private TraceList() {}

    static Page<Trace> page(TenantSession session, TraceFilter filter, TraceOrder order, PageRequest page) {
        if (!OF_ALL_PROJECTS.contains(order)
                && filter.criteria().get(TraceFilter.PROJECT_ID).isEmpty()) {
            throw new InvalidValueException(
                    "project_id",
                    "The order " + order + " is of the traces of one project: name it in the filter, or take"
                            + " NEWEST_FIRST or OLDEST_FIRST.",
                    null);
        }
        return LIST.page(session, filter.criteria(), ORDERS.get(order), page);
    }

    static Page<Trace> children(TenantSession session, UUID parent, PageRequest page) {
        return LIST.page(session, Criteria.none().with(PARENT, parent), OLDEST_FIRST, page);
    }

    static long count(TenantSession session, TraceFilter filter) {
        return LIST.count(session, Check.present("filter", filter).criteria());
    }
}
