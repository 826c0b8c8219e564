package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.SPANS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.any;

import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.TenantSession;
import java.util.List;
import java.util.UUID;

/** Writes traces and spans, inside a transaction, in a number of statements that does not grow with theirs. */
final class JooqTraceRecording {
    private final TenantSession tx;

    JooqTraceRecording(TenantSession tx) {
        this.tx = tx;
    }

    /** Stores new traces; returns how many. */
    int traces(List<NewTrace> traces) {
        List<NewTrace> withSpans =
                traces.stream().filter(trace -> !trace.spans().isEmpty()).toList();
        SpanBatch spans = batch(
                withSpans.stream().flatMap(trace -> trace.spans().stream()).toList());
        withSpans.forEach(trace -> trace.spans().forEach(span -> spans.add(trace.id(), span)));
        TraceBatch.insert(tx, traces);
        if (!withSpans.isEmpty()) {
            spans.insert(tx);
            JooqTraceTotals.update(tx, withSpans.stream().map(NewTrace::id).toList());
        }
        return traces.size();
    }

    /** Stores new spans of a stored trace; returns how many. */
    int spans(UUID traceId, List<NewSpan> spans) {
        SpanBatch batch = batch(spans);
        spans.forEach(span -> batch.add(traceId, span));
        lock(traceId);
        refuseStored(traceId, spans);
        batch.insert(tx);
        JooqTraceTotals.update(tx, List.of(traceId));
        return spans.size();
    }

    private SpanBatch batch(List<NewSpan> spans) {
        return new SpanBatch(tx.organizationId(), JooqRegisteredModels.calledBy(tx, spans));
    }

    /** Writers of one trace take turns, so that the totals are those of the spans of all. */
    private void lock(UUID traceId) {
        boolean found = tx.run(dsl -> dsl.select(TRACES.ID)
                .from(TRACES)
                .where(TRACES.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(TRACES.ID.eq(traceId))
                .forNoKeyUpdate()
                .fetch()
                .isNotEmpty());
        if (!found) {
            throw new NotFoundException("trace", traceId);
        }
    }

    /** No unique key does it: the one that spans have includes their start, by which they are partitioned. */
    private void refuseStored(UUID traceId, List<NewSpan> spans) {
        UUID[] ids = spans.stream().map(NewSpan::id).toArray(UUID[]::new);
        tx.run(dsl -> dsl.select(SPANS.ID)
                        .from(SPANS)
                        .where(SPANS.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(SPANS.TRACE_ID.eq(traceId))
                        .and(SPANS.ID.eq(any(ids)))
                        .limit(1)
                        .fetchOptional(SPANS.ID))
                .ifPresent(id -> {
                    throw new AlreadyExistsException(
                            "id", "The trace " + traceId + " already has a span " + id + ".", null);
                });
    }
}
