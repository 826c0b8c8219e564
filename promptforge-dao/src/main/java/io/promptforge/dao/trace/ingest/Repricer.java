package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.internal.query.BoundArray;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.model.naming.KnownModels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Computes models and costs of stored spans anew, with the totals of their traces, inside a transaction. It locks the traces as the
 * ingest does, so that both take turns; a constant number of statements for any number of traces.
 */
public final class Repricer {
    private static final IngestStatement CHANGE = new IngestStatement("""
            WITH r AS MATERIALIZED (
                SELECT * FROM %s
            ), changed AS (
                UPDATE {schema}.spans AS s
                SET model_id = r.model_id_after, price_id = r.price_id_after, cost = r.cost_after, cost_reported = false
                FROM r CROSS JOIN %s
                WHERE s.organization_id = tenant.organization_id AND s.trace_id = r.trace_id AND s.id = r.span_id
                    AND s.started_at = r.span_started_at
            )
            INSERT INTO {schema}.repriced_spans (organization_id, repricing_id, %s)
            SELECT CAST(? AS uuid), CAST(? AS uuid), r.* FROM r
            """.formatted(
                    RowBatch.sought(RepricedSpan.COLUMNS), RowBatch.TENANT, RowBatch.names(RepricedSpan.COLUMNS)));

    /** A span that has changed since is left as it is. */
    private static final IngestStatement RESTORE = new IngestStatement("""
            WITH r AS MATERIALIZED (
                DELETE FROM {schema}.repriced_spans
                WHERE organization_id = ? AND repricing_id = ? AND trace_id = ANY (CAST(? AS uuid[]))
                RETURNING *
            ), restored AS (
                UPDATE {schema}.spans AS s
                SET model_id = r.model_id_before, price_id = r.price_id_before, cost = r.cost_before,
                    cost_reported = r.cost_reported_before
                FROM r CROSS JOIN %s
                WHERE s.organization_id = tenant.organization_id AND s.trace_id = r.trace_id AND s.id = r.span_id
                    AND s.started_at = r.span_started_at
                    AND s.model_id IS NOT DISTINCT FROM r.model_id_after AND s.price_id IS NOT DISTINCT FROM r.price_id_after
                    AND s.cost IS NOT DISTINCT FROM r.cost_after AND NOT s.cost_reported
                RETURNING s.id
            )
            SELECT (SELECT count(*) FROM r) - (SELECT count(*) FROM restored)
            """.formatted(RowBatch.TENANT));

    private final TenantSession tx;
    private final Collection<UUID> traces;

    /** A repricer of these traces. */
    public Repricer(TenantSession tx, Collection<UUID> traces) {
        this.tx = tx;
        this.traces = traces;
    }

    /**
     * What would change; writes nothing, and locks nothing.
     *
     * @param modelId the model whose calls are repriced, before or afterwards; null for all
     * @param includesReported whether reported costs are replaced
     */
    public List<RepricedTrace> preview(@Nullable UUID modelId, boolean includesReported) {
        return compute(StoredRows.read(tx, traces), modelId, includesReported, new ChangedRows());
    }

    /**
     * Changes spans and traces, and stores what it replaced under the repricing.
     *
     * @param modelId the model whose calls are repriced, before or afterwards; null for all
     * @param includesReported whether reported costs are replaced
     */
    public List<RepricedTrace> apply(UUID repricing, @Nullable UUID modelId, boolean includesReported) {
        ChangedRows changed = new ChangedRows();
        List<RepricedTrace> repriced = compute(StoredRows.lock(tx, traces), modelId, includesReported, changed);
        List<RepricedSpan> spans =
                repriced.stream().flatMap(trace -> trace.spans().stream()).toList();
        if (!spans.isEmpty()) {
            UUID tenant = tx.organizationId();
            List<Object> arguments = new ArrayList<>(RowBatch.parameter(RepricedSpan.COLUMNS, spans));
            arguments.addAll(List.of(tenant, tenant, repricing));
            tx.session().read(CHANGE.with(tx.session(), arguments, rows -> {}));
            changed.update(tx, new MonthsWithoutPartition());
        }
        return repriced;
    }

    /** Restores what the repricing replaced; returns the number of spans that were left, because they have changed since. */
    public long undo(UUID repricing) {
        List<TraceRow> locked = StoredRows.lock(tx, traces);
        AtomicLong kept = new AtomicLong();
        UUID tenant = tx.organizationId();
        List<Object> arguments = List.of(tenant, repricing, BoundArray.ofIds(traces), tenant);
        tx.session().read(RESTORE.with(tx.session(), arguments, rows -> {
            rows.next();
            kept.set(rows.getLong(1));
        }));
        Map<UUID, List<SpanRow>> spans = spans();
        ChangedRows changed = new ChangedRows();
        for (TraceRow trace : locked) {
            change(trace, new SpanSummary(spans.getOrDefault(trace.id(), List.of())), changed);
        }
        changed.update(tx, new MonthsWithoutPartition());
        return kept.get();
    }

    private List<RepricedTrace> compute(
            List<TraceRow> stored, @Nullable UUID modelId, boolean includesReported, ChangedRows changed) {
        CalledModels models = CalledModels.of(KnownModels.current(tx));
        Map<UUID, List<SpanRow>> spans = spans();
        List<RepricedTrace> repriced = new ArrayList<>();
        for (TraceRow trace : stored) {
            List<SpanRow> before = spans.getOrDefault(trace.id(), List.of());
            List<SpanRow> after = before.stream()
                    .map(span -> repriced(span, models, modelId, includesReported))
                    .toList();
            if (before.equals(after)) {
                continue;
            }
            SpanSummary summaryBefore = new SpanSummary(before);
            SpanSummary summary = new SpanSummary(after);
            List<RepricedSpan> changes = new ArrayList<>();
            for (int i = 0; i < before.size(); i++) {
                if (before.get(i) != after.get(i)) {
                    changes.add(new RepricedSpan(
                            before.get(i),
                            after.get(i),
                            summaryBefore.countedCost(before.get(i)),
                            summary.countedCost(after.get(i))));
                }
            }
            TraceRow row = change(trace, summary, changed);
            repriced.add(new RepricedTrace(trace.id(), trace.cost(), row.cost(), changes));
        }
        return repriced;
    }

    /** The same row if nothing changes. */
    private static SpanRow repriced(
            SpanRow span, CalledModels models, @Nullable UUID modelId, boolean includesReported) {
        SpanRow repriced = span.repriced(models, includesReported);
        boolean isWanted = modelId == null || modelId.equals(span.modelId) || modelId.equals(repriced.modelId);
        return isWanted ? repriced : span;
    }

    private static TraceRow change(TraceRow before, SpanSummary spans, ChangedRows changed) {
        TraceRow after = TraceRow.of(before.reported(), before.fingerprint(), spans, before.derivedPromptVersion())
                .withEditsOf(before);
        if (!after.isStoredLike(before)) {
            changed.add(after, false);
        }
        return after;
    }

    private Map<UUID, List<SpanRow>> spans() {
        Map<UUID, List<SpanRow>> byTrace = new HashMap<>();
        StoredRows.priced(tx, traces).forEach(span -> byTrace.computeIfAbsent(span.traceId, id -> new ArrayList<>())
                .add(span));
        return byTrace;
    }
}
