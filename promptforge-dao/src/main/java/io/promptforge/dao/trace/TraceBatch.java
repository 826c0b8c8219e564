package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.TRACES;

import io.promptforge.dao.internal.BatchInsert;
import io.promptforge.dao.internal.Columns;
import io.promptforge.dao.internal.TenantSession;
import io.promptforge.schema.jooq.tables.records.TracesRecord;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jooq.Field;

/** Writes new traces by one statement. */
final class TraceBatch {
    private static final List<Field<?>> FIELDS = List.of(
            TRACES.ORGANIZATION_ID,
            TRACES.ID,
            TRACES.PROJECT_ID,
            TRACES.PARENT_TRACE_ID,
            TRACES.EXTERNAL_ID,
            TRACES.NAME,
            TRACES.STATUS,
            TRACES.STARTED_AT,
            TRACES.ENDED_AT,
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

    private final TenantSession tx;
    private final BatchInsert<TracesRecord> rows = new BatchInsert<>(TRACES, FIELDS);

    private TraceBatch(TenantSession tx) {
        this.tx = tx;
    }

    /** In the order of their ids: writers of the same traces then meet at the first of them, and not in a deadlock. */
    static void insert(TenantSession tx, List<NewTrace> traces) {
        TraceBatch batch = new TraceBatch(tx);
        traces.stream().sorted(Comparator.comparing(NewTrace::id)).forEach(batch::add);
        tx.run(dsl -> batch.rows.on(dsl).execute());
    }

    private void add(NewTrace trace) {
        rows.add(Arrays.asList(
                tx.organizationId(),
                trace.id(),
                trace.projectId(),
                trace.parentTraceId(),
                trace.externalId(),
                trace.name(),
                trace.status(),
                trace.startedAt(),
                trace.endedAt(),
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
                Columns.jsonb(trace.metadata())));
    }
}
