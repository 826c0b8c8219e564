package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.SPANS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.promptforge.dao.internal.Keyset;
import io.promptforge.dao.internal.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;

final class JooqTraceRepository implements TraceRepository {
    private final TenantSession session;

    JooqTraceRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public void record(List<NewTrace> traces) {
        List<UUID> ids = traces.stream().map(NewTrace::id).toList();
        session.transaction(tx -> {
            TraceBatch.insert(tx, traces);
            return sumSpans(tx, ids);
        });
    }

    @Override
    public Optional<TraceTree> find(UUID id) {
        Optional<Trace> trace = session.run(dsl ->
                dsl.selectFrom(TRACES).where(ofTenant()).and(TRACES.ID.eq(id)).fetchOptional(TraceRows::trace));
        return trace.map(found -> new TraceTree(found, SpanForest.of(spans(id))));
    }

    @Override
    public Page<Trace> list(UUID projectId, PageRequest page) {
        return session.run(dsl -> new Keyset<>("traces of " + projectId, TRACES.STARTED_AT, TRACES.ID)
                .fetch(
                        dsl.selectFrom(TRACES).where(ofTenant()).and(TRACES.PROJECT_ID.eq(projectId)),
                        page,
                        TraceRows::trace));
    }

    private List<Span> spans(UUID traceId) {
        return session.run(dsl -> dsl.selectFrom(SPANS)
                .where(SPANS.ORGANIZATION_ID.eq(session.organizationId()))
                .and(SPANS.TRACE_ID.eq(traceId))
                .orderBy(SPANS.STARTED_AT, SPANS.ID)
                .fetch(TraceRows::span));
    }

    /** The totals are read off the stored spans, so that they cannot disagree with them. */
    private int sumSpans(TenantSession tx, List<UUID> ids) {
        return tx.run(dsl -> dsl.update(TRACES)
                .set(
                        row(TRACES.SPAN_COUNT, TRACES.INPUT_TOKENS, TRACES.OUTPUT_TOKENS, TRACES.COST),
                        select(
                                        count(),
                                        coalesce(sum(SPANS.INPUT_TOKENS), BigDecimal.ZERO)
                                                .cast(Long.class),
                                        coalesce(sum(SPANS.OUTPUT_TOKENS), BigDecimal.ZERO)
                                                .cast(Long.class),
                                        coalesce(sum(SPANS.COST), BigDecimal.ZERO))
                                .from(SPANS)
                                .where(SPANS.ORGANIZATION_ID.eq(TRACES.ORGANIZATION_ID))
                                .and(SPANS.TRACE_ID.eq(TRACES.ID)))
                .where(ofTenant())
                .and(TRACES.ID.in(ids))
                .execute());
    }

    private Condition ofTenant() {
        return TRACES.ORGANIZATION_ID.eq(session.organizationId());
    }
}
