package io.promptforge.dao.trace.ingest;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What all spans of a trace tell about it. Usage counts once: that of a span unless one of its descendants reports usage of that
 * kind. So the result depends on the set of the spans only, not on the order in which they came.
 */
final class SpanSummary {
    private static final Comparator<SpanRow> BY_START = Comparator.<SpanRow, Instant>comparing(
                    span -> span.fields.startedAt)
            .thenComparing(span -> span.id().toString());

    private static final Comparator<SpanRow> ROOTS_FIRST =
            Comparator.comparing(SpanSummary::hasLocalParent).thenComparing(BY_START);

    private final Collection<SpanRow> spans;
    private final Ancestors ancestors;
    private final Usage<Long> input;
    private final Usage<Long> output;
    private final Usage<BigDecimal> cost;
    private final UnpricedCalls unpriced;

    /** The summary of all spans of one trace. */
    SpanSummary(Collection<SpanRow> spans) {
        this.spans = spans;
        ancestors = new Ancestors(spans, BY_START);
        input = new Usage<>(spans, ancestors, span -> span.fields.inputTokens, Long::sum);
        output = new Usage<>(spans, ancestors, span -> span.fields.outputTokens, Long::sum);
        cost = new Usage<>(spans, ancestors, span -> span.cost, BigDecimal::add);
        unpriced = UnpricedCalls.of(spans, ancestors, cost);
    }

    /** The number of spans. */
    int count() {
        return spans.size();
    }

    /** The input tokens; null if no span reports more than 0. */
    @Nullable Long inputTokens() {
        return input.sum();
    }

    /** The output tokens; null if no span reports more than 0. */
    @Nullable Long outputTokens() {
        return output.sum();
    }

    /** The cost in US dollars; null if no span has more than 0. */
    @Nullable BigDecimal cost() {
        return cost.sum();
    }

    /** What the span adds to the cost; null if it has none, or if a descendant has one. */
    @Nullable BigDecimal countedCost(SpanRow span) {
        return cost.counted(span);
    }

    /** The calls whose cost is unknown. */
    UnpricedCalls unpriced() {
        return unpriced;
    }

    /**
     * The span that describes the trace: the earliest of those that have no parent among the spans, those without a parent in this process
     * first; null without spans.
     */
    @Nullable SpanRow root() {
        return spans.stream()
                .filter(span -> ancestors.parent(span) == null)
                .min(ROOTS_FIRST)
                .orElse(null);
    }

    /** A call of the model that cost most, else used most tokens, else was called most often; null without calls. */
    @Nullable SpanRow dominantCall() {
        return DominantCall.of(spans, input, output, cost);
    }

    private static boolean hasLocalParent(SpanRow span) {
        return span.fields.parentId != null && !Boolean.TRUE.equals(span.fields.parentRemote);
    }
}
