package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.SPANS;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.trace.ingest.SpanUsage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** From rows to spans. */
final class SpanRows {
    /** The columns of a span, without its payload. */
    static final Selection FIELDS = Selection.of(
            SPANS.TRACE_ID,
            SPANS.ID,
            SPANS.PARENT_ID,
            SPANS.NAME,
            SPANS.KIND,
            SPANS.STATUS,
            SPANS.STARTED_AT,
            SPANS.ENDED_AT,
            SPANS.OPERATION_NAME,
            SPANS.PROVIDER_NAME,
            SPANS.REQUEST_MODEL,
            SPANS.RESPONSE_MODEL,
            SPANS.RESPONSE_ID,
            SPANS.MODEL_ID,
            SPANS.FINISH_REASONS,
            SPANS.TEMPERATURE,
            SPANS.MAX_TOKENS,
            SPANS.TIME_TO_FIRST_TOKEN_US,
            SPANS.INPUT_TOKENS,
            SPANS.OUTPUT_TOKENS,
            SPANS.CACHED_INPUT_TOKENS,
            SPANS.CACHE_CREATION_INPUT_TOKENS,
            SPANS.REASONING_OUTPUT_TOKENS,
            SPANS.USAGE,
            SPANS.SERVICE_TIER,
            SPANS.COST,
            SPANS.ERROR_TYPE,
            SPANS.ERROR_MESSAGE);

    /** The columns of a span, with its payload. */
    static final Selection FIELDS_WITH_PAYLOAD = FIELDS.and(
            SPANS.INPUT,
            SPANS.OUTPUT,
            SPANS.ATTRIBUTES,
            SPANS.EVENTS,
            SPANS.REDACTED_AT,
            SPANS.REDACTED_BY,
            SPANS.REDACTION_NOTE);

    private SpanRows() {}

    /** The span of a row, from where it has {@link #FIELDS}, or {@link #FIELDS_WITH_PAYLOAD}, on. */
    static Span span(ResultRow row, boolean withPayload) {
        return new Span(
                row.take(SPANS.TRACE_ID),
                row.take(SPANS.ID),
                row.takeOptional(SPANS.PARENT_ID),
                row.take(SPANS.NAME),
                row.take(SPANS.KIND),
                row.take(SPANS.STATUS),
                row.take(SPANS.STARTED_AT),
                row.takeOptional(SPANS.ENDED_AT),
                modelCall(row),
                row.takeOptional(SPANS.ERROR_TYPE),
                row.takeOptional(SPANS.ERROR_MESSAGE),
                withPayload ? Optional.of(payload(row)) : Optional.empty());
    }

    private static ModelCall modelCall(ResultRow row) {
        return new ModelCall(
                row.takeOptional(SPANS.OPERATION_NAME),
                row.takeOptional(SPANS.PROVIDER_NAME),
                row.takeOptional(SPANS.REQUEST_MODEL),
                row.takeOptional(SPANS.RESPONSE_MODEL),
                row.takeOptional(SPANS.RESPONSE_ID),
                row.takeOptional(SPANS.MODEL_ID),
                row.takeOptional(SPANS.FINISH_REASONS).map(List::of).orElse(List.of()),
                optionalDouble(row.takeNullable(SPANS.TEMPERATURE)),
                Columns.optionalInt(row.takeNullable(SPANS.MAX_TOKENS)),
                row.takeOptional(SPANS.TIME_TO_FIRST_TOKEN_US),
                new TokenUsage(
                        Columns.optionalLong(row.takeNullable(SPANS.INPUT_TOKENS)),
                        Columns.optionalLong(row.takeNullable(SPANS.OUTPUT_TOKENS)),
                        Columns.optionalLong(row.takeNullable(SPANS.CACHED_INPUT_TOKENS)),
                        Columns.optionalLong(row.takeNullable(SPANS.CACHE_CREATION_INPUT_TOKENS)),
                        Columns.optionalLong(row.takeNullable(SPANS.REASONING_OUTPUT_TOKENS))),
                row.takeOptionalJson(SPANS.USAGE).map(SpanUsage::read).orElse(Map.of()),
                row.takeOptional(SPANS.SERVICE_TIER),
                Columns.optionalPlain(row.takeNullable(SPANS.COST)));
    }

    private static OptionalDouble optionalDouble(@Nullable Double number) {
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    private static SpanPayload payload(ResultRow row) {
        return new SpanPayload(
                Columns.optionalJson(row.takeNullable(SPANS.INPUT)),
                Columns.optionalJson(row.takeNullable(SPANS.OUTPUT)),
                Columns.json(row.take(SPANS.ATTRIBUTES)),
                Columns.json(row.take(SPANS.EVENTS)),
                redaction(row));
    }

    private static Optional<Redacted> redaction(ResultRow row) {
        Optional<Instant> at = row.takeOptional(SPANS.REDACTED_AT);
        Optional<UUID> by = row.takeOptional(SPANS.REDACTED_BY);
        Optional<String> note = row.takeOptional(SPANS.REDACTION_NOTE);
        return at.map(moment -> new Redacted(moment, by, note.orElseThrow()));
    }
}
