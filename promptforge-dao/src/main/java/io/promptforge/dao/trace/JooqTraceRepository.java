package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.SPANS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.any;

import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.deletion.Deletion;
import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.session.SessionBound;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.ExecutionStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

final class JooqTraceRepository implements TraceRepository, SessionBound {
    /** Whoever loses against other writers of the same traces goes on where they have ended. */
    private static final int ATTEMPTS = 10;

    private final TenantSession session;

    JooqTraceRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public void record(NewTrace trace) {
        record(List.of(Check.present("trace", trace)));
    }

    @Override
    public void record(List<NewTrace> traces) {
        List<NewTrace> batch = Elements.present("traces", traces);
        if (!batch.isEmpty()) {
            RefusedElement.onTraces(batch, this::store, this::rehearse);
        }
    }

    @Override
    public void addSpans(UUID traceId, List<NewSpan> spans) {
        Check.present("trace_id", traceId);
        List<NewSpan> batch = Elements.present("spans", spans);
        if (!batch.isEmpty()) {
            RefusedElement.onSpans(traceId, batch, this::store, this::rehearse);
        }
    }

    private void store(List<IncomingTrace> traces) {
        MissingPartitions.make(session, session.transaction(ATTEMPTS, tx -> JooqTraceRecording.record(tx, traces)));
    }

    private void rehearse(List<IncomingTrace> traces) {
        session.rehearse(ATTEMPTS, tx -> JooqTraceRecording.record(tx, traces));
    }

    @Override
    public Trace finish(UUID id, TraceOutcome outcome) {
        Check.present("id", id);
        Map<Field<?>, Object> end = end(Check.present("outcome", outcome));
        Optional<Trace> finished = session.write(dsl -> TraceRows.FIELDS_WITH_PAYLOAD.fetchOptional(
                dsl.update(TRACES)
                        .set(end)
                        .where(is(id))
                        .and(TRACES.STATUS.eq(ExecutionStatus.RUNNING))
                        .returningResult(TraceRows.FIELDS_WITH_PAYLOAD.fields()),
                TraceRows::traceWithPayload));
        return finished.orElseThrow(
                () -> find(id).<PromptForgeException>map(trace -> IllegalTransitionException.requires(
                                "trace", id, trace.status(), "only a running one can be finished"))
                        .orElseGet(() -> new NotFoundException("trace", id)));
    }

    private static Map<Field<?>, Object> end(TraceOutcome outcome) {
        Map<Field<?>, Object> end =
                new HashMap<>(Map.of(TRACES.STATUS, outcome.status(), TRACES.ENDED_AT, outcome.endedAt()));
        set(end, TRACES.OUTPUT, Columns.jsonbOrNull(outcome.output()));
        set(end, TRACES.ERROR_TYPE, outcome.errorType());
        set(end, TRACES.ERROR_MESSAGE, outcome.errorMessage());
        set(end, TRACES.RETRY_COUNT, outcome.retryCount());
        // whatever else is known was told while it ran
        end.put(
                TRACES.PROVISIONAL,
                TraceMerge.COLUMNS.stream()
                        .filter(column -> end.keySet().stream()
                                .noneMatch(field -> field.getName().equals(column)))
                        .toArray(String[]::new));
        return end;
    }

    private static <T> void set(Map<Field<?>, Object> values, Field<T> field, @Nullable T value) {
        if (value != null) {
            values.put(field, value);
        }
    }

    @Override
    public Optional<Trace> find(UUID id) {
        Check.present("id", id);
        return session.run(dsl -> TraceRows.FIELDS_WITH_PAYLOAD.fetchOptional(
                dsl.select(TraceRows.FIELDS_WITH_PAYLOAD.fields()).from(TRACES).where(is(id)),
                TraceRows::traceWithPayload));
    }

    @Override
    public Optional<TraceTree> tree(UUID id) {
        return JooqTraceTree.find(session, Check.present("id", id), false);
    }

    @Override
    public Optional<TraceTree> treeWithPayloads(UUID id) {
        return JooqTraceTree.find(session, Check.present("id", id), true);
    }

    @Override
    public Optional<Span> findSpan(UUID traceId, UUID spanId) {
        Check.present("trace_id", traceId);
        Check.present("span_id", spanId);
        return session.run(dsl -> SpanRows.FIELDS_WITH_PAYLOAD.fetchOptional(
                dsl.select(SpanRows.FIELDS_WITH_PAYLOAD.fields())
                        .from(SPANS)
                        .where(belongsTo(traceId))
                        .and(SPANS.ID.eq(spanId)),
                row -> SpanRows.span(row, true)));
    }

    @Override
    public Page<Trace> list(TraceFilter filter, TraceOrder order, PageRequest page) {
        Check.present("filter", filter);
        Check.present("order", order);
        return TraceList.page(session, filter, order, Check.present("page", page));
    }

    @Override
    public Page<Trace> children(UUID traceId, PageRequest page) {
        return TraceList.children(session, Check.present("trace_id", traceId), Check.present("page", page));
    }

    @Override
    public long count(TraceFilter filter) {
        return TraceList.count(session, filter);
    }

    @Override
    public TraceSummary summary(TraceFilter filter) {
        return JooqTraceSummary.of(session, Check.present("filter", filter));
    }

    @Override
    public void delete(UUID id) {
        if (deleteAll(List.of(Check.present("id", id))) == 0) {
            throw new NotFoundException("trace", id);
        }
    }

    @Override
    public long deleteAll(List<UUID> ids) {
        UUID[] wanted = Elements.present("ids", ids).toArray(UUID[]::new);
        return wanted.length == 0 ? 0 : session.transaction(tx -> Deletion.traces(tx, TRACES.ID.eq(any(wanted))));
    }

    @Override
    public long deleteAll(TraceFilter filter) {
        Condition condition = TraceList.CONDITIONS.condition(
                session.organizationId(), Check.present("filter", filter).criteria());
        return session.transaction(tx -> Deletion.traces(tx, condition));
    }

    @Override
    public boolean isThreadSafe() {
        return session.isThreadSafe();
    }

    /** Two of one session and tenant lead to the same traces. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JooqTraceRepository repository && session.equals(repository.session);
    }

    @Override
    public int hashCode() {
        return session.hashCode();
    }

    private Condition ofTenant() {
        return TRACES.ORGANIZATION_ID.eq(session.organizationId());
    }

    private Condition is(UUID id) {
        return ofTenant().and(TRACES.ID.eq(id));
    }

    private Condition belongsTo(UUID traceId) {
        return SPANS.ORGANIZATION_ID.eq(session.organizationId()).and(SPANS.TRACE_ID.eq(traceId));
    }
}
