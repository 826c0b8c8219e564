package io.promptforge.dao.trace.ingest;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What all spans of a trace tell about it. Usage counts once: that of a span unless one of its descendants reports usage of that
 * kind. So the result depends on the set of the spans only, not on the order in which they came.
 *
 * @param count the number of spans
 * @param inputTokens the sum; null if no span reports any
 * @param outputTokens the sum; null if no span reports any
 * @param cost the sum in US dollars; null if no span has one
 * @param root the span that describes the trace: the earliest of those that have no parent among the spans, those without a parent in
 *     this process first; null without spans
 * @param dominantCall a call of the model that cost most, else used most tokens, else was called most often; null without calls
 */
record SpanSummary(
        int count,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        @Nullable BigDecimal cost,
        @Nullable SpanRow root,
        @Nullable SpanRow dominantCall) {
    private static final Comparator<SpanRow> BY_START = Comparator.<SpanRow, Instant>comparing(
                    span -> span.fields.startedAt)
            .thenComparing(span -> span.id().toString());

    private static final Comparator<SpanRow> ROOTS_FIRST =
            Comparator.comparing(SpanSummary::hasLocalParent).thenComparing(BY_START);

    /** The summary of all spans of one trace. */
    static SpanSummary of(Collection<SpanRow> spans) {
        Ancestors ancestors = new Ancestors(spans, BY_START);
        Usage<Long> input = new Usage<>(spans, ancestors, span -> span.fields.inputTokens, Long::sum);
        Usage<Long> output = new Usage<>(spans, ancestors, span -> span.fields.outputTokens, Long::sum);
        Usage<BigDecimal> cost = new Usage<>(spans, ancestors, span -> span.cost, BigDecimal::add);
        return new SpanSummary(
                spans.size(),
                input.sum(),
                output.sum(),
                cost.sum(),
                spans.stream()
                        .filter(span -> ancestors.parent(span) == null)
                        .min(ROOTS_FIRST)
                        .orElse(null),
                DominantCall.of(spans, input, output, cost));
    }

    private static boolean hasLocalParent(SpanRow span) {
        return span.fields.parentId != null && !Boolean.TRUE.equals(span.fields.parentRemote);
    }
}
