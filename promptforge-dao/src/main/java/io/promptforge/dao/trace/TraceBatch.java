package io.promptforge.dao.trace;

import static io.promptforge.dao.internal.write.RowArrays.assignments;
import static io.promptforge.dao.internal.write.RowArrays.given;
import static io.promptforge.schema.jooq.Tables.TRACES;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.schema.jooq.tables.records.TracesRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Writes traces with their totals: the new ones by one statement, and those that have changed by another. */
final class TraceBatch {
    /** What is written and read again: first what the row adds to its records, then those, in the order of {@link NewTrace}. */
    static final List<Field<?>> FIELDS = List.of(
            TRACES.ORGANIZATION_ID,
            TRACES.PROVISIONAL,
            TRACES.SPAN_COUNT,
            TRACES.INPUT_TOKENS,
            TRACES.OUTPUT_TOKENS,
            TRACES.COST,
            TRACES.ID,
            TRACES.PROJECT_ID,
            TRACES.NAME,
            TRACES.STATUS,
            TRACES.STARTED_AT,
            TRACES.ENDED_AT,
            TRACES.PARENT_TRACE_ID,
            TRACES.EXTERNAL_ID,
            TRACES.ENVIRONMENT,
            TRACES.SESSION_ID,
            TRACES.END_USER_ID,
            TRACES.PROMPT_VERSION_ID,
            TRACES.MODEL_ID,
            TRACES.PROVIDER_NAME,
            TRACES.MODEL_NAME,
            TRACES.RETRY_COUNT,
            TRACES.ERROR_TYPE,
            TRACES.ERROR_MESSAGE,
            TRACES.INPUT,
            TRACES.OUTPUT,
            TRACES.METADATA);

    private final UUID organization;
    private final RowArrays<TracesRecord> added = new RowArrays<>(TRACES, FIELDS);
    private final RowArrays<TracesRecord> changed = new RowArrays<>(TRACES, FIELDS);
    private int expected = 0;

    TraceBatch(UUID organization) {
        this.organization = organization;
    }

    /** Collects a trace that was not stored when the caller looked; in the order of their ids. */
    void add(TraceRow trace) {
        added.add(values(trace));
        expected++;
    }

    /** Collects a trace that is stored otherwise, and locked by the caller. */
    void change(TraceRow after) {
        changed.add(values(after));
    }

    /** Writes them, by at most two statements; returns whether nobody else has added one of the new traces meanwhile. */
    boolean write(TenantSession tx) {
        if (!changed.isEmpty()) {
            tx.run(dsl -> dsl.update(TRACES)
                    .set(assignments(FIELDS, TRACES.ORGANIZATION_ID, TRACES.ID, TRACES.PROJECT_ID))
                    .from(changed.given())
                    .where(TRACES.ORGANIZATION_ID.eq(organization))
                    .and(TRACES.ID.eq(given(TRACES.ID)))
                    .execute());
        }
        return added.isEmpty()
                || expected
                        == tx.run(dsl -> added.insert(dsl)
                                .onConflict(TRACES.ORGANIZATION_ID, TRACES.ID)
                                .doNothing()
                                .execute());
    }

    private List<@Nullable Object> values(TraceRow row) {
        NewTrace trace = row.known().said();
        return Arrays.asList(
                organization,
                row.provisionalOrNull(),
                row.totals().spanCount(),
                row.totals().inputTokens(),
                row.totals().outputTokens(),
                row.totals().cost(),
                trace.id(),
                trace.projectId(),
                Objects.requireNonNullElse(trace.name(), TraceRow.UNKNOWN),
                trace.status(),
                trace.startedAt() == null ? row.firstSpanAt() : trace.startedAt(),
                trace.endedAt(),
                trace.parentTraceId(),
                trace.externalId(),
                trace.environment(),
                trace.sessionId(),
                trace.endUserId(),
                trace.promptVersionId(),
                trace.modelId(),
                trace.providerName(),
                trace.modelName(),
                trace.retryCount(),
                trace.errorType(),
                trace.errorMessage(),
                Columns.jsonbOrNull(trace.input()),
                Columns.jsonbOrNull(trace.output()),
                Columns.jsonb(trace.metadata()));
    }
}
