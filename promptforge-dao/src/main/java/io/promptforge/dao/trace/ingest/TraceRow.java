package io.promptforge.dao.trace.ingest;

import static io.promptforge.schema.jooq.Tables.TRACES;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.ResultRow;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A trace as it is stored: what its records report together, and what is derived from its spans. */
final class TraceRow {
    /** The names of the columns that may be derived. */
    private static final String NAME = TRACES.NAME.getName();

    private static final String STATUS = TRACES.STATUS.getName();
    private static final String STARTED_AT = TRACES.STARTED_AT.getName();
    private static final String ENDED_AT = TRACES.ENDED_AT.getName();
    private static final String ERROR_TYPE = TRACES.ERROR_TYPE.getName();
    private static final String ERROR_MESSAGE = TRACES.ERROR_MESSAGE.getName();
    private static final String PROMPT_VERSION_ID = TRACES.PROMPT_VERSION_ID.getName();
    private static final String MODEL_ID = TRACES.MODEL_ID.getName();
    private static final int LONGEST_MODEL_NAME = 200;
    private static final String MODEL_NAME = TRACES.MODEL_NAME.getName();
    private static final String PROVIDER_NAME = TRACES.PROVIDER_NAME.getName();

    private static final Column<TraceRow, UUID> ID = Column.unmerged(
            TRACES.ID,
            r -> r.stored.id,
            // the project follows
            (r, v) -> r.stored = new TraceFields(v, v));

    /** The columns by which a row is found again. */
    static final List<Column<TraceRow, ?>> KEYS = List.of(ID);

    private static final Column<TraceRow, UUID> FINGERPRINT =
            Column.unmerged(TRACES.FINGERPRINT, r -> r.fingerprint, (r, v) -> r.fingerprint = v);

    /** The columns by which a stored trace is compared with an incoming one. */
    static final List<Column<TraceRow, ?>> IDENTITY = List.of(ID, FINGERPRINT);

    /** All columns but the tenant's. */
    static final List<Column<TraceRow, ?>> COLUMNS = Stream.concat(
                    Stream.of(
                            ID,
                            Column.<TraceRow, Integer>unmerged(
                                    TRACES.REVISION, r -> r.stored.revision, (r, v) -> r.stored.revision = v),
                            Column.<TraceRow>ofNames(
                                    TRACES.PROVISIONAL, r -> r.stored.provisional(), (r, v) -> r.stored.provisional(v)),
                            Column.<TraceRow>ofNames(TRACES.DERIVED, r -> r.derived, (r, v) -> r.derived = v),
                            Column.<TraceRow>ofNames(TRACES.EDITED, r -> r.edited, (r, v) -> r.edited = v),
                            FINGERPRINT,
                            Column.<TraceRow, Integer>unmerged(
                                    TRACES.SPAN_COUNT, r -> r.spanCount, (r, v) -> r.spanCount = v),
                            Column.<TraceRow, Long>unmerged(
                                    TRACES.INPUT_TOKENS, r -> r.inputTokens, (r, v) -> r.inputTokens = v),
                            Column.<TraceRow, Long>unmerged(
                                    TRACES.OUTPUT_TOKENS, r -> r.outputTokens, (r, v) -> r.outputTokens = v),
                            Column.<TraceRow, BigDecimal>unmerged(TRACES.COST, r -> r.cost, (r, v) -> r.cost = v),
                            Column.<TraceRow, Integer>unmerged(
                                    TRACES.UNPRICED_CALLS, r -> r.unpricedCalls, (r, v) -> r.unpricedCalls = v),
                            Column.<TraceRow, Long>unmerged(
                                    TRACES.UNPRICED_TOKENS, r -> r.unpricedTokens, (r, v) -> r.unpricedTokens = v)),
                    TraceFields.REPORTED.stream().map(column -> column.in((TraceRow r) -> r.stored)))
            .toList();

    /** All of them but the documents. */
    static final List<Column<TraceRow, ?>> WITHOUT_DOCUMENTS =
            COLUMNS.stream().filter(column -> !column.isDocument()).toList();

    /** The columns that are read of a locked trace in any case: the redaction is written by itself. */
    static final List<Column<TraceRow, ?>> LOCKED = Stream.concat(
                    WITHOUT_DOCUMENTS.stream(),
                    Stream.of(Column.<TraceRow, String>unmerged(
                            TRACES.REDACTION_NOTE, r -> r.redactionNote, (r, v) -> r.redactionNote = v)))
            .toList();

    /** The documents, which are large, and are never derived. */
    static final List<Column<TraceRow, ?>> DOCUMENTS =
            COLUMNS.stream().filter(Column::isDocument).toList();

    /** The values as they are stored, derived ones included; without documents where those were not read. */
    private TraceFields stored;

    /** The columns whose values no record reports. */
    private Set<String> derived = Set.of();

    /** The columns whose values a person has set. */
    private Set<String> edited = Set.of();

    private UUID fingerprint;
    private int spanCount;
    private long inputTokens;
    private long outputTokens;
    private BigDecimal cost = BigDecimal.ZERO;
    private int unpricedCalls;
    private long unpricedTokens;

    private @Nullable String redactionNote;

    @SuppressWarnings("NullAway.Init")
    private TraceRow() {}

    /** A row of these columns. */
    static TraceRow read(ResultRow row, List<Column<TraceRow, ?>> columns) {
        TraceRow trace = new TraceRow();
        columns.forEach(column -> column.read(row, trace));
        trace.cost = Columns.plain(trace.cost);
        return trace;
    }

    /**
     * Derives what the records do not report.
     *
     * @param promptVersion the prompt version that the metadata names; null if there is none
     */
    static TraceRow of(TraceFields reported, UUID fingerprint, SpanSummary spans, @Nullable UUID promptVersion) {
        TraceRow trace = new TraceRow();
        trace.fingerprint = fingerprint;
        trace.spanCount = spans.count();
        trace.inputTokens = firstKnown(spans.inputTokens(), reported.inputTokens, 0L);
        trace.outputTokens = firstKnown(spans.outputTokens(), reported.outputTokens, 0L);
        trace.cost = Columns.plain(firstKnown(spans.cost(), reported.cost, BigDecimal.ZERO));
        UnpricedCalls unpriced = unpriced(reported, spans);
        trace.unpricedCalls = unpriced.calls();
        trace.unpricedTokens = unpriced.tokens();
        trace.stored = reported.clone();
        trace.derived = describe(trace.stored, spans);
        if (reported.promptVersionId == null && promptVersion != null) {
            trace.stored.promptVersionId = promptVersion;
            trace.derived.add(PROMPT_VERSION_ID);
        }
        return trace;
    }

    /** Of the spans, unless the trace itself reports the cost; or of the trace as one call, where only the trace itself reports tokens. */
    private static UnpricedCalls unpriced(TraceFields reported, SpanSummary spans) {
        if (spans.cost() == null && reported.cost != null) {
            return UnpricedCalls.NONE;
        }
        long ownTokens = (spans.inputTokens() == null && reported.inputTokens != null ? reported.inputTokens : 0)
                + (spans.outputTokens() == null && reported.outputTokens != null ? reported.outputTokens : 0);
        UnpricedCalls ofSpans = spans.unpriced();
        return ownTokens == 0 || spans.cost() != null
                ? ofSpans
                : new UnpricedCalls(Math.max(1, ofSpans.calls()), ofSpans.tokens() + ownTokens);
    }

    /** Sets the fields that no record reports, as far as the spans tell them; returns their columns. */
    private static Set<String> describe(TraceFields trace, SpanSummary spans) {
        Set<String> derived = new HashSet<>();
        SpanRow root = trace.onlySpansKnown() ? spans.root() : null;
        if (root != null) {
            if (trace.name == null) {
                trace.name = root.fields.name;
                derived.add(NAME);
            }
            // a reported end stays the end, whatever the clock of the span says
            trace.startedAt = MergeRules.orNull(trace.endedAt, root.fields.startedAt, MergeRules::least);
            derived.add(STARTED_AT);
            if (!trace.hasEnded()) {
                trace.status = root.fields.status;
                trace.endedAt = root.fields.endedAt;
                Collections.addAll(derived, STATUS, ENDED_AT);
            }
            if (trace.errorType == null && trace.errorMessage == null) {
                trace.errorType = root.fields.errorType;
                trace.errorMessage = root.fields.errorMessage;
                Collections.addAll(derived, ERROR_TYPE, ERROR_MESSAGE);
            }
        }
        boolean reportsModel = trace.modelId != null || trace.modelName != null || trace.providerName != null;
        SpanRow call = reportsModel ? null : spans.dominantCall();
        if (call != null) {
            trace.modelId = call.modelId;
            trace.modelName = storable(call.modelName());
            trace.providerName = call.fields.providerName;
            Collections.addAll(derived, MODEL_ID, MODEL_NAME, PROVIDER_NAME);
        }
        return derived;
    }

    /** A longer name is refused with its span, which the caller has given, whichever row the database checks first. */
    private static @Nullable String storable(@Nullable String modelName) {
        boolean fits = modelName != null && modelName.codePointCount(0, modelName.length()) <= LONGEST_MODEL_NAME;
        return fits ? modelName : null;
    }

    UUID id() {
        return stored.id;
    }

    UUID fingerprint() {
        return fingerprint;
    }

    /** The total in US dollars. */
    BigDecimal cost() {
        return cost;
    }

    /** The prompt version that was found by the metadata; null if none was. */
    @Nullable UUID derivedPromptVersion() {
        return derived.contains(PROMPT_VERSION_ID) ? stored.promptVersionId : null;
    }

    /** What replaces the payloads of the trace and all its spans; null if it was not redacted. */
    @Nullable String redactionNote() {
        return redactionNote;
    }

    /** What the records of the trace report, as far as it is stored: where a person has set the value, it is not. */
    TraceFields reported() {
        TraceFields reported = stored.clone();
        TraceFields.REPORTED.stream()
                .filter(column -> derived.contains(column.name()) || edited.contains(column.name()))
                .forEach(column -> column.clear(reported));
        return reported;
    }

    /** This row with the values that a person has set in the stored one. */
    TraceRow withEditsOf(TraceRow before) {
        edited = before.edited;
        TraceFields.REPORTED.stream()
                .filter(column -> edited.contains(column.name()))
                .forEach(column -> column.copy(before.stored, stored));
        // no record replaces them, so they are none that another record replaces
        stored.provisional(stored.provisional().stream()
                .filter(column -> !edited.contains(column))
                .collect(Collectors.toSet()));
        return this;
    }

    /** Whether both would be stored as equal rows. */
    boolean isStoredLike(TraceRow other) {
        return stored.equals(other.stored)
                && derived.equals(other.derived)
                && spanCount == other.spanCount
                && inputTokens == other.inputTokens
                && outputTokens == other.outputTokens
                && cost.compareTo(other.cost) == 0
                && unpricedCalls == other.unpricedCalls
                && unpricedTokens == other.unpricedTokens;
    }

    private static <T> T firstKnown(@Nullable T one, @Nullable T other, T otherwise) {
        return one != null ? one : Objects.requireNonNullElse(other, otherwise);
    }
}
