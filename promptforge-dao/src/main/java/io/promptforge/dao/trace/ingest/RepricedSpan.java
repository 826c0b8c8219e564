package io.promptforge.dao.trace.ingest;

import static io.promptforge.schema.jooq.Tables.REPRICED_SPANS;

import io.promptforge.dao.internal.write.Ids;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** A span whose model, price list or cost a repricing changes. */
public final class RepricedSpan {
    /** The columns of a written row, but for those of the tenant and the repricing. */
    static final List<Column<RepricedSpan, ?>> COLUMNS = List.of(
            column(REPRICED_SPANS.ID, r -> Ids.next()),
            column(REPRICED_SPANS.TRACE_ID, r -> r.before.traceId),
            column(REPRICED_SPANS.SPAN_ID, r -> r.before.id()),
            column(REPRICED_SPANS.SPAN_STARTED_AT, r -> r.before.fields.startedAt),
            column(REPRICED_SPANS.MODEL_ID_BEFORE, r -> r.before.modelId),
            column(REPRICED_SPANS.PRICE_ID_BEFORE, r -> r.before.priceId),
            column(REPRICED_SPANS.COST_BEFORE, r -> r.before.cost),
            column(REPRICED_SPANS.COST_REPORTED_BEFORE, r -> r.before.fields.cost != null),
            column(REPRICED_SPANS.MODEL_ID_AFTER, r -> r.after.modelId),
            column(REPRICED_SPANS.PRICE_ID_AFTER, r -> r.after.priceId),
            column(REPRICED_SPANS.COST_AFTER, r -> r.after.cost));

    private final SpanRow before;
    private final SpanRow after;

    /** What the span added to the total of its trace. */
    private final @Nullable BigDecimal countedBefore;

    private final @Nullable BigDecimal countedAfter;

    RepricedSpan(SpanRow before, SpanRow after, @Nullable BigDecimal countedBefore, @Nullable BigDecimal countedAfter) {
        this.before = before;
        this.after = after;
        this.countedBefore = countedBefore;
        this.countedAfter = countedAfter;
    }

    private static <T> Column<RepricedSpan, T> column(Field<T> field, Function<RepricedSpan, @Nullable T> getter) {
        return Column.unmerged(field, getter, (row, value) -> {
            throw new UnsupportedOperationException("these rows are only written");
        });
    }

    /** The model as reported. */
    public @Nullable String modelName() {
        return after.modelName();
    }

    /** The model by whose prices it is priced now. */
    public @Nullable UUID modelId() {
        return after.modelId;
    }

    /** What it added to the total of its trace; zero if it was not counted or unknown. */
    public BigDecimal costBefore() {
        return countedBefore == null ? BigDecimal.ZERO : countedBefore;
    }

    /** What it adds to the total of its trace afterwards. */
    public BigDecimal costAfter() {
        return countedAfter == null ? BigDecimal.ZERO : countedAfter;
    }

    /** Whether its cost was unknown. */
    public boolean wasUnknown() {
        return before.cost == null;
    }

    /** Whether its cost is unknown afterwards. */
    public boolean isUnknown() {
        return after.cost == null;
    }

    /** When it began. */
    public Instant startedAt() {
        return before.fields.startedAt;
    }
}
