package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.SPANS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.deletion.TraceDeletion;
import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.Moments;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Changes;
import io.promptforge.dao.internal.write.RowUpdate;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.trace.ingest.ReportedEnd;
import io.promptforge.dao.trace.ingest.ReportedTrace;
import io.promptforge.dao.trace.ingest.TraceFields;
import io.promptforge.dao.trace.ingest.TraceIngest;
import io.promptforge.schema.type.ExecutionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** Stores traces by jOOQ. */
public final class JooqTraceRepository implements TraceRepository {
    /** The fingerprint of a trace that was changed otherwise than by a record. */
    static final UUID OF_NO_RECORD = new UUID(0, 0);

    private final TenantSession session;

    /** The traces of a session's tenant. */
    public JooqTraceRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public void record(NewTrace trace) {
        record(List.of(Check.present("trace", trace)));
    }

    @Override
    public void record(List<NewTrace> traces) {
        List<NewTrace> batch = Check.list("traces", traces);
        if (!batch.isEmpty()) {
            new TraceIngest(session)
                    .record(batch.stream().map(NewTrace::reported).toList());
        }
    }

    @Override
    public List<RefusedTrace> recordAccepted(List<NewTrace> traces) {
        List<NewTrace> batch = Check.list("traces", traces);
        if (batch.isEmpty()) {
            return List.of();
        }
        List<RefusedTrace> refused = new ArrayList<>();
        new TraceIngest(session)
                .recordAccepted(batch.stream().map(NewTrace::reported).toList())
                .forEach((index, refusal) -> refused.add(new RefusedTrace(index, batch.get(index), refusal)));
        return List.copyOf(refused);
    }

    @Override
    public void addSpans(UUID traceId, List<NewSpan> spans) {
        Check.present("trace_id", traceId);
        List<NewSpan> batch = Check.list("spans", spans);
        if (!batch.isEmpty()) {
            new TraceIngest(session)
                    .record(List.of(new ReportedTrace(
                            traceId, null, batch.stream().map(NewSpan::reported).toList())));
        }
    }

    @Override
    public Trace finish(UUID id, TraceOutcome outcome) {
        Check.present("id", id);
        Map<Field<?>, @Nullable Object> end = end(Check.present("outcome", outcome));
        Optional<Trace> finished = session.write(dsl -> TraceRows.FIELDS_WITH_PAYLOAD.fetchOptional(
                dsl.update(TRACES)
                        .set(end)
                        .where(is(id))
                        .and(TRACES.STATUS
                                .eq(ExecutionStatus.RUNNING)
                                .or(val(TRACES.STATUS.getName()).eq(any(TRACES.DERIVED))))
                        .returningResult(TraceRows.FIELDS_WITH_PAYLOAD.fields()),
                TraceRows::traceWithPayload));
        return finished.orElseThrow(
                () -> find(id).<PromptForgeException>map(trace -> IllegalTransitionException.requires(
                                "trace", id, trace.status(), "only a running one can be finished"))
                        .orElseGet(() -> new NotFoundException("trace", id)));
    }

    private static Map<Field<?>, @Nullable Object> end(TraceOutcome outcome) {
        Map<Field<?>, @Nullable Object> end = new HashMap<>(outcome.values().of(TRACES));
        end.values().removeIf(Objects::isNull);
        Set<String> reported = end.keySet().stream().map(Field::getName).collect(Collectors.toSet());
        // all other values were reported while the trace ran, or are derived from its spans still
        end.put(
                TRACES.PROVISIONAL,
                TraceFields.columns()
                        .filter(column -> !reported.contains(column))
                        .toArray(String[]::new));
        end.put(
                TRACES.DERIVED,
                field(
                        "(SELECT array_agg(c) FROM unnest({0}) AS c WHERE c <> ALL ({1}))",
                        String[].class, TRACES.DERIVED, val(reported.toArray(String[]::new))));
        end.put(TRACES.FINGERPRINT, OF_NO_RECORD);
        Instant givenEnd = Objects.requireNonNull(outcome.values().get("ended_at"));
        Field<Instant> reportedEnd = Moments.immutable(givenEnd, TRACES.ENDED_AT);
        // the clock that reports the end may be behind that of the start
        end.put(TRACES.ENDED_AT, greatest(reportedEnd, TRACES.STARTED_AT));
        end.put(
                TRACES.METADATA,
                when(reportedEnd.lt(TRACES.STARTED_AT), withReportedEnd(givenEnd))
                        .otherwise(TRACES.METADATA));
        // a redacted trace stays without payload
        end.computeIfPresent(
                TRACES.OUTPUT, (column, value) -> when(TRACES.REDACTED_AT.isNull(), val(value, TRACES.OUTPUT))
                        .otherwise(asJson(TRACES.REDACTION_NOTE)));
        end.computeIfPresent(
                TRACES.ERROR_MESSAGE,
                (column, value) -> when(TRACES.REDACTED_AT.isNull(), val(value, TRACES.ERROR_MESSAGE)));
        return end;
    }

    /** A text as JSON. Not to_jsonb(), which is not IMMUTABLE, as Citus wants all functions of a CASE. */
    private static Field<JSONB> asJson(Field<String> text) {
        return field("NULLIF(jsonb_object(ARRAY['text', {0}]) -> 'text', 'null')", JSONB.class, text);
    }

    private static Field<JSONB> withReportedEnd(Instant reported) {
        Json member = Json.of(Map.of(ReportedEnd.MEMBER, reported.toString()));
        return field("{0} || {1}", JSONB.class, TRACES.METADATA, val(Columns.jsonb(member)));
    }

    @Override
    public Trace update(UUID id, TraceChanges changes) {
        Check.present("id", id);
        Changes edit = Check.present("changes", changes).changes();
        String[] columns =
                edit.values().of(TRACES).keySet().stream().map(Field::getName).toArray(String[]::new);
        return new RowUpdate<>(TRACES, TraceList.TRACE_WITH_PAYLOAD, "trace", is(id), id)
                .apply(session.session(), columns.length == 0 ? edit : edit.set("edited", editedToo(columns)));
    }

    private static Field<String[]> editedToo(String[] columns) {
        return field(
                "(SELECT array_agg(DISTINCT c) FROM unnest({0} || {1}) AS c)",
                String[].class, TRACES.EDITED, val(columns));
    }

    @Override
    public Optional<Trace> find(UUID id) {
        Check.present("id", id);
        return session.run(dsl -> TraceRows.FIELDS_WITH_PAYLOAD.fetchOptional(
                dsl.select(TraceRows.FIELDS_WITH_PAYLOAD.fields()).from(TRACES).where(is(id)),
                TraceRows::traceWithPayload));
    }

    @Override
    public Map<UUID, Trace> findAll(Collection<UUID> ids) {
        return RowsById.fetch(session, TRACES, TRACES.ORGANIZATION_ID, TRACES.ID, ids, TraceList.TRACE);
    }

    @Override
    public Map<UUID, Trace> findAllWithPayloads(Collection<UUID> ids) {
        return RowsById.fetch(session, TRACES, TRACES.ORGANIZATION_ID, TRACES.ID, ids, TraceList.TRACE_WITH_PAYLOAD);
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
    public Optional<SpanCost> costOf(UUID traceId, UUID spanId) {
        return JooqSpanCost.of(session, Check.present("trace_id", traceId), Check.present("span_id", spanId));
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
    public void redact(UUID id, Redaction redaction) {
        Check.present("id", id);
        Check.present("redaction", redaction);
        session.transaction(tx -> {
            new JooqRedaction(tx, id, redaction).ofAll();
            return id;
        });
    }

    @Override
    public long redactSpans(UUID traceId, Collection<UUID> spanIds, Redaction redaction) {
        Check.present("trace_id", traceId);
        UUID[] ids = Check.list("span_ids", spanIds).toArray(UUID[]::new);
        Check.present("redaction", redaction);
        return session.transaction(tx -> new JooqRedaction(tx, traceId, redaction).ofSpans(ids));
    }

    @Override
    public Map<UUID, TraceSummary> childSummaries(Collection<UUID> ids) {
        return JooqTraceSummary.ofChildren(session, RowsById.checked(ids));
    }

    @Override
    public List<String> findValues(TraceField field, TraceValueFilter filter) {
        Check.present("field", field);
        return JooqTraceValues.find(
                session, field, Check.present("filter", filter).criteria());
    }

    @Override
    public void delete(UUID id) {
        if (deleteAll(List.of(Check.present("id", id))) == 0) {
            throw new NotFoundException("trace", id);
        }
    }

    @Override
    public long deleteAll(Collection<UUID> ids) {
        UUID[] wanted = Check.list("ids", ids).toArray(UUID[]::new);
        return wanted.length == 0
                ? 0
                : session.transaction(tx -> TraceDeletion.deleteWhere(tx, TRACES.ID.eq(any(wanted))));
    }

    @Override
    public long deleteAll(TraceFilter filter) {
        Condition condition = TraceList.CONDITIONS.ofCriteria(
                session.organizationId(), Check.present("filter", filter).criteria());
        return session.transaction(tx -> TraceDeletion.deleteWhere(tx, condition));
    }

    /** Whether several threads may use it at once: not if it belongs to a transaction or a caller's connection. */
    public boolean isThreadSafe() {
        return session.isThreadSafe();
    }

    /** Whether the other one has the same session and tenant, and so the same traces. */
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
