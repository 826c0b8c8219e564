package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/** Lists of traces: the conditions of the filter, and the orders, each of which has an index. */
final class TraceList {
    private static final Criterion<UUID> PARENT = new Criterion<>("parent_trace_id");

    static final Conditions CONDITIONS = Conditions.ofTenant(TRACES.ORGANIZATION_ID)
            .anyOf(TraceFilter.STATUS, TRACES.STATUS)
            .equal(TraceFilter.PROJECT_ID, TRACES.PROJECT_ID)
            .ofText(TraceFilter.PROJECT_IDS, TraceList::arrayOf, ids -> isOneOf(TRACES.PROJECT_ID, ids))
            .inlined(
                    TraceFilter.ROOT,
                    root -> root ? TRACES.PARENT_TRACE_ID.isNull() : TRACES.PARENT_TRACE_ID.isNotNull())
            .where(
                    TraceFilter.PROMPT_ID,
                    PROMPT_VERSIONS.PROMPT_ID.getDataType(),
                    (tenant, prompt) -> TRACES.PROMPT_VERSION_ID.in(select(PROMPT_VERSIONS.ID)
                            .from(PROMPT_VERSIONS)
                            .where(PROMPT_VERSIONS.ORGANIZATION_ID.eq(tenant))
                            .and(PROMPT_VERSIONS.PROMPT_ID.eq(prompt))))
            .equal(TraceFilter.PROMPT_VERSION_ID, TRACES.PROMPT_VERSION_ID)
            .equal(TraceFilter.MODEL_ID, TRACES.MODEL_ID)
            .equal(TraceFilter.PROVIDER_NAME, TRACES.PROVIDER_NAME)
            .equal(TraceFilter.MODEL_NAME, TRACES.MODEL_NAME)
            .equal(TraceFilter.ENVIRONMENT, TRACES.ENVIRONMENT)
            .equal(TraceFilter.SESSION_ID, TRACES.SESSION_ID)
            .equal(TraceFilter.END_USER_ID, TRACES.END_USER_ID)
            .equal(TraceFilter.EXTERNAL_ID, TRACES.EXTERNAL_ID)
            .atLeast(TraceFilter.STARTED_FROM, TRACES.OCCURRED_AT)
            .lessThan(TraceFilter.STARTED_BEFORE, TRACES.OCCURRED_AT)
            .equal(TraceFilter.ERROR_TYPE, TRACES.ERROR_TYPE)
            .atLeast(TraceFilter.MIN_DURATION, TRACES.DURATION_US)
            .atLeast(TraceFilter.MIN_COST, TRACES.COST)
            // the first is the predicate of an index
            .inlined(
                    TraceFilter.UNPRICED,
                    unpriced -> unpriced ? TRACES.UNPRICED_CALLS.gt(inline(0)) : TRACES.UNPRICED_CALLS.eq(inline(0)))
            .ofText(
                    TraceFilter.METADATA,
                    members -> members,
                    members -> condition("{0} @> cast({1} as jsonb)", TRACES.METADATA, members))
            // the second part is the predicate of the index
            .where(TraceFilter.TAG, SQLDataType.VARCHAR, tag -> tag.eq(any(TRACES.TAGS))
                    .and(condition("{0} <> '{}'", TRACES.TAGS)))
            .mentions(TraceFilter.TEXT, TRACES.NAME, TRACES.EXTERNAL_ID, TRACES.SESSION_ID, TRACES.END_USER_ID)
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

    static final RowReader<Trace> TRACE = RowReader.of(TraceRows.FIELDS, TraceRows::trace);

    static final RowReader<Trace> TRACE_WITH_PAYLOAD =
            RowReader.of(TraceRows.FIELDS_WITH_PAYLOAD, TraceRows::traceWithPayload);

    private static final ListQuery<Trace> LIST = new ListQuery<>("traces", TRACES, CONDITIONS, TRACE);

    private TraceList() {}

    /** The ids as PostgreSQL writes an array. */
    static String arrayOf(List<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    static Condition isOneOf(Field<UUID> id, Field<String> array) {
        return condition("{0} = any(cast({1} as uuid[]))", id, array);
    }

    static Page<Trace> page(TenantSession session, TraceFilter filter, TraceOrder order, PageRequest page) {
        return LIST.page(session, filter.criteria(), ORDERS.get(order), page);
    }

    static Page<Trace> children(TenantSession session, UUID parent, PageRequest page) {
        return LIST.page(session, Criteria.none().with(PARENT, parent), OLDEST_FIRST, page);
    }

    static long count(TenantSession session, TraceFilter filter) {
        return LIST.count(session, Check.present("filter", filter).criteria());
    }
}
