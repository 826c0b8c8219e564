package io.promptforge.dao.trace.ingest;

import static io.promptforge.schema.jooq.Tables.SPANS;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.ResultRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A span as it is stored: what its records report together, and the model and the cost that are derived from that. */
final class SpanRow {
    private static final Column<SpanRow, UUID> TRACE_ID =
            Column.unmerged(SPANS.TRACE_ID, r -> r.traceId, (r, v) -> r.traceId = v);
    private static final Column<SpanRow, UUID> ID =
            Column.unmerged(SPANS.ID, r -> r.fields.id, (r, v) -> r.fields = new SpanFields(v));
    private static final Column<SpanRow, UUID> FINGERPRINT =
            Column.unmerged(SPANS.FINGERPRINT, r -> r.fingerprint, (r, v) -> r.fingerprint = v);
    private static final Column<SpanRow, UUID> MODEL_ID =
            Column.unmerged(SPANS.MODEL_ID, r -> r.modelId, (r, v) -> r.modelId = v);
    private static final Column<SpanRow, BigDecimal> COST =
            Column.unmerged(SPANS.COST, r -> r.cost, (r, v) -> r.cost = v);
    private static final Column<SpanRow, UUID> PRICE_ID =
            Column.unmerged(SPANS.PRICE_ID, r -> r.priceId, (r, v) -> r.priceId = v);

    /** The columns by which a row is found again. */
    static final List<Column<SpanRow, ?>> KEYS = List.of(TRACE_ID, ID);

    /** All columns but the tenant's. */
    static final List<Column<SpanRow, ?>> COLUMNS = Stream.concat(
                    Stream.of(
                            TRACE_ID,
                            ID,
                            Column.<SpanRow, Integer>unmerged(
                                    SPANS.REVISION, r -> r.fields.revision, (r, v) -> r.fields.revision = v),
                            Column.<SpanRow>ofNames(
                                    SPANS.PROVISIONAL, r -> r.fields.provisional(), (r, v) -> r.fields.provisional(v)),
                            FINGERPRINT,
                            MODEL_ID,
                            Column.<SpanRow, Boolean>unmerged(
                                    SPANS.MODEL_REPORTED,
                                    r -> r.fields.modelId != null,
                                    (r, v) -> r.fields.modelId = v ? r.modelId : null),
                            COST,
                            Column.<SpanRow, Boolean>unmerged(
                                    SPANS.COST_REPORTED,
                                    r -> r.fields.cost != null,
                                    (r, v) -> r.fields.cost = v ? r.cost : null),
                            PRICE_ID),
                    SpanFields.STORED.stream().map(column -> column.in((SpanRow r) -> r.fields)))
            .toList();

    /** The columns that are read of a span to change: the redaction is written by itself. */
    static final List<Column<SpanRow, ?>> STORED = Stream.concat(
                    COLUMNS.stream(),
                    Stream.of(Column.<SpanRow, String>unmerged(
                            SPANS.REDACTION_NOTE, r -> r.redactionNote, (r, v) -> r.redactionNote = v)))
            .toList();

    /** The columns from which a trace's totals and description are derived. */
    static final List<Column<SpanRow, ?>> OUTLINE = COLUMNS.stream()
            .filter(column -> Set.of(
                            SPANS.TRACE_ID,
                            SPANS.ID,
                            SPANS.FINGERPRINT,
                            SPANS.MODEL_ID,
                            SPANS.COST,
                            SPANS.NAME,
                            SPANS.KIND,
                            SPANS.STATUS,
                            SPANS.STARTED_AT,
                            SPANS.ENDED_AT,
                            SPANS.PARENT_ID,
                            SPANS.PARENT_REMOTE,
                            SPANS.PROVIDER_NAME,
                            SPANS.REQUEST_MODEL,
                            SPANS.RESPONSE_MODEL,
                            SPANS.INPUT_TOKENS,
                            SPANS.OUTPUT_TOKENS,
                            SPANS.CACHED_INPUT_TOKENS,
                            SPANS.CACHE_CREATION_INPUT_TOKENS,
                            SPANS.REASONING_OUTPUT_TOKENS,
                            SPANS.USAGE,
                            SPANS.ERROR_TYPE,
                            SPANS.ERROR_MESSAGE)
                    .contains(column.field()))
            .toList();

    /** The outline, and the other columns that determine the cost. */
    static final List<Column<SpanRow, ?>> PRICED = COLUMNS.stream()
            .filter(column -> OUTLINE.contains(column)
                    || Set.of(SPANS.MODEL_REPORTED, SPANS.COST_REPORTED, SPANS.PRICE_ID, SPANS.SERVICE_TIER)
                            .contains(column.field()))
            .toList();

    /** The columns by which a stored span is compared with an incoming one. */
    static final List<Column<SpanRow, ?>> IDENTITY = List.of(
            TRACE_ID,
            ID,
            Column.<SpanRow, Instant>unmerged(SPANS.STARTED_AT, r -> r.fields.startedAt, (r, v) -> {}),
            FINGERPRINT);

    /** All columns and the stored start, by which a row to change is found in its partition: the start itself may have changed. */
    static final List<Column<SpanRow, ?>> COLUMNS_AND_STORED_START = Stream.concat(
                    COLUMNS.stream(),
                    Stream.of(Column.<SpanRow, Instant>unmerged(
                            DSL.field(DSL.name("stored_start"), SPANS.STARTED_AT.getDataType()),
                            r -> r.storedStart,
                            (r, v) -> {})))
            .toList();

    UUID traceId;
    SpanFields fields;
    UUID fingerprint;

    /** The reported model, else the one found by its name. */
    @Nullable UUID modelId;

    /** The reported cost, else the computed one. */
    @Nullable BigDecimal cost;

    /** The price list by which the cost was calculated; null if it was reported or is unknown. */
    @Nullable UUID priceId;

    /** The start of the stored row that this one replaces; null for a new row. */
    private @Nullable Instant storedStart;

    /** What replaces the payload; null if it was not redacted, or only with the whole trace. */
    @Nullable String redactionNote;

    private boolean complete = true;

    @SuppressWarnings("NullAway.Init")
    private SpanRow() {}

    /** A row of these columns. */
    static SpanRow read(ResultRow row, List<Column<SpanRow, ?>> columns) {
        SpanRow span = new SpanRow();
        columns.forEach(column -> column.read(row, span));
        span.complete = columns == STORED;
        span.cost = span.cost == null ? null : Columns.plain(span.cost);
        span.fields.cost = span.fields.cost == null ? null : span.cost;
        return span;
    }

    /** Derives model and cost, or keeps those stored before if they were derived from the same values, whatever prices are now. */
    static SpanRow of(UUID traceId, SpanFields fields, @Nullable SpanRow before, CalledModels models) {
        SpanRow span = new SpanRow();
        span.traceId = traceId;
        span.fields = fields;
        span.fingerprint = Fingerprint.of(fields);
        span.storedStart = before == null ? null : before.fields.startedAt;
        if (before != null && basis(before.fields).equals(basis(fields))) {
            span.modelId = before.modelId;
            span.cost = fields.cost == null ? before.cost : fields.cost;
            span.priceId = fields.cost == null ? before.priceId : null;
        } else {
            span.modelId = models.idFor(fields);
            SpanPrice price = models.priceOf(fields);
            span.cost = price == null ? null : price.cost();
            span.priceId = price == null ? null : price.listId();
        }
        return span;
    }

    /**
     * This span with the model and the cost that are derived now; the same row if nothing is to change, or if no cost can be computed.
     *
     * @param includesReported whether a reported cost is replaced
     */
    SpanRow repriced(CalledModels models, boolean includesReported) {
        if (fields.cost != null && !includesReported) {
            return this;
        }
        SpanRow span = new SpanRow();
        span.traceId = traceId;
        span.fields = fields.clone();
        span.fields.cost = null;
        span.fingerprint = fingerprint;
        span.modelId = models.idFor(fields);
        SpanPrice price = models.priceOf(span.fields);
        if (price == null && (cost != null || span.modelId == null)) {
            return this;
        }
        span.cost = price == null ? null : price.cost();
        span.priceId = price == null ? null : price.listId();
        return span.isPricedLike(this) ? this : span;
    }

    private boolean isPricedLike(SpanRow other) {
        return Objects.equals(modelId, other.modelId)
                && Objects.equals(priceId, other.priceId)
                && (fields.cost == null) == (other.fields.cost == null)
                && (cost == null ? other.cost == null : other.cost != null && cost.compareTo(other.cost) == 0);
    }

    UUID id() {
        return fields.id;
    }

    /** The month of its partition. */
    YearMonth month() {
        return YearMonth.from(fields.startedAt.atOffset(ZoneOffset.UTC));
    }

    /** Whether all columns are known, not only the outline. */
    boolean isComplete() {
        return complete;
    }

    /** The model as reported: the one that responded, else the requested one; null if neither is known. */
    @Nullable String modelName() {
        return fields.responseModel == null ? fields.requestModel : fields.responseModel;
    }

    /** Whether both would be stored as equal rows. */
    boolean isStoredLike(SpanRow other) {
        return fields.equals(other.fields)
                && Objects.equals(modelId, other.modelId)
                && Objects.equals(priceId, other.priceId)
                && (cost == null ? other.cost == null : other.cost != null && cost.compareTo(other.cost) == 0);
    }

    /** The values from which model and cost are derived. */
    private static List<@Nullable Object> basis(SpanFields span) {
        return Arrays.asList(
                span.modelId,
                span.providerName,
                span.requestModel,
                span.responseModel,
                span.startedAt,
                span.serviceTier,
                SpanTokens.of(span));
    }
}
