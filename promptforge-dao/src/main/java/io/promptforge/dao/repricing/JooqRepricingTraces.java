package io.promptforge.dao.repricing;

import static io.promptforge.schema.jooq.Tables.REPRICED_SPANS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.row;

import io.promptforge.dao.internal.session.TenantSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record3;
import org.jspecify.annotations.Nullable;

/** Finds the traces of a scope, some at a time. */
final class JooqRepricingTraces {
    private static final int MOST_TRACES = 500;
    private static final int USUAL_SPANS = 2_000;

    private final @Nullable UUID projectId;
    private final @Nullable Instant from;
    private final @Nullable Instant before;

    JooqRepricingTraces(Optional<UUID> projectId, Optional<Instant> from, Optional<Instant> before) {
        this.projectId = projectId.orElse(null);
        this.from = from.orElse(null);
        this.before = before.orElse(null);
    }

    /** When the next traces occurred, by their ids and in this order; with about 2,000 spans, or one trace with more. */
    Map<UUID, Instant> after(TenantSession session, @Nullable Instant reachedAt, @Nullable UUID reachedId) {
        Condition next = TRACES.ORGANIZATION_ID.eq(session.organizationId());
        next = projectId == null ? next : next.and(TRACES.PROJECT_ID.eq(projectId));
        next = before == null ? next : next.and(TRACES.OCCURRED_AT.lt(before));
        if (reachedAt != null) {
            next = next.and(row(TRACES.OCCURRED_AT, TRACES.ID).gt(reachedAt, reachedId));
        } else if (from != null) {
            next = next.and(TRACES.OCCURRED_AT.ge(from));
        }
        Condition found = next;
        List<Record3<UUID, Instant, Integer>> rows =
                session.run(dsl -> dsl.select(TRACES.ID, TRACES.OCCURRED_AT, TRACES.SPAN_COUNT)
                        .from(TRACES)
                        .where(found)
                        .orderBy(TRACES.OCCURRED_AT, TRACES.ID)
                        .limit(MOST_TRACES)
                        .fetch());
        Map<UUID, Instant> traces = new LinkedHashMap<>();
        int spans = 0;
        for (Record3<UUID, Instant, Integer> trace : rows) {
            spans += trace.value3();
            if (spans > USUAL_SPANS && !traces.isEmpty()) {
                break;
            }
            traces.put(trace.value1(), trace.value2());
        }
        return traces;
    }

    /** Traces with spans that a repricing has changed and that are not restored yet, in the order of their ids. */
    static List<UUID> repriced(TenantSession session, UUID repricing) {
        return session.run(dsl -> new ArrayList<>(dsl.select(REPRICED_SPANS.TRACE_ID)
                .from(REPRICED_SPANS)
                .where(REPRICED_SPANS.ORGANIZATION_ID.eq(session.organizationId()))
                .and(REPRICED_SPANS.REPRICING_ID.eq(repricing))
                .orderBy(REPRICED_SPANS.TRACE_ID)
                .limit(USUAL_SPANS)
                .fetchSet(REPRICED_SPANS.TRACE_ID)));
    }
}
