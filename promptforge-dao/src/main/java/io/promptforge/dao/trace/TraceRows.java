package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.TRACES;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.Selection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** From rows to traces. */
final class TraceRows {
    /** The columns of a trace, without its payload. */
    static final Selection FIELDS = Selection.of(
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
            TRACES.TAGS,
            TRACES.SPAN_COUNT,
            TRACES.INPUT_TOKENS,
            TRACES.OUTPUT_TOKENS,
            TRACES.COST,
            TRACES.UNPRICED_CALLS,
            TRACES.UNPRICED_TOKENS,
            TRACES.CREATED_AT,
            TRACES.UPDATED_AT);

    /** The columns of a trace, with its payload. */
    static final Selection FIELDS_WITH_PAYLOAD = FIELDS.and(
            TRACES.INPUT,
            TRACES.OUTPUT,
            TRACES.METADATA,
            TRACES.REDACTED_AT,
            TRACES.REDACTED_BY,
            TRACES.REDACTION_NOTE);

    private TraceRows() {}

    /** The trace of a row that begins with {@link #FIELDS}. */
    static Trace trace(ResultRow row) {
        return trace(row, false);
    }

    /** The trace of a row that begins with {@link #FIELDS_WITH_PAYLOAD}. */
    static Trace traceWithPayload(ResultRow row) {
        return trace(row, true);
    }

    private static Trace trace(ResultRow row, boolean withPayload) {
        return new Trace(
                row.take(TRACES.ID),
                row.take(TRACES.PROJECT_ID),
                row.takeOptional(TRACES.PARENT_TRACE_ID),
                row.takeOptional(TRACES.EXTERNAL_ID),
                row.take(TRACES.NAME),
                row.take(TRACES.STATUS),
                row.take(TRACES.STARTED_AT),
                row.takeOptional(TRACES.ENDED_AT),
                row.takeOptional(TRACES.ENVIRONMENT),
                row.takeOptional(TRACES.SESSION_ID),
                row.takeOptional(TRACES.END_USER_ID),
                row.takeOptional(TRACES.PROMPT_VERSION_ID),
                row.takeOptional(TRACES.MODEL_ID),
                row.takeOptional(TRACES.PROVIDER_NAME),
                row.takeOptional(TRACES.MODEL_NAME),
                row.take(TRACES.RETRY_COUNT),
                row.takeOptional(TRACES.ERROR_TYPE),
                row.takeOptional(TRACES.ERROR_MESSAGE),
                List.of(row.take(TRACES.TAGS)),
                new TraceTotals(
                        row.take(TRACES.SPAN_COUNT),
                        row.take(TRACES.INPUT_TOKENS),
                        row.take(TRACES.OUTPUT_TOKENS),
                        Columns.plain(row.take(TRACES.COST)),
                        row.take(TRACES.UNPRICED_CALLS),
                        row.take(TRACES.UNPRICED_TOKENS)),
                row.take(TRACES.CREATED_AT),
                row.take(TRACES.UPDATED_AT),
                withPayload ? Optional.of(payload(row)) : Optional.empty());
    }

    private static TracePayload payload(ResultRow row) {
        return new TracePayload(
                Columns.optionalJson(row.takeNullable(TRACES.INPUT)),
                Columns.optionalJson(row.takeNullable(TRACES.OUTPUT)),
                Columns.json(row.take(TRACES.METADATA)),
                redaction(row));
    }

    private static Optional<Redacted> redaction(ResultRow row) {
        Optional<Instant> at = row.takeOptional(TRACES.REDACTED_AT);
        Optional<UUID> by = row.takeOptional(TRACES.REDACTED_BY);
        Optional<String> note = row.takeOptional(TRACES.REDACTION_NOTE);
        return at.map(moment -> new Redacted(moment, by, note.orElseThrow()));
    }
}
