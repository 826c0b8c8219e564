package io.promptforge.seed.volume;

import java.math.BigDecimal;

/**
 * The totals of traces.
 *
 * @param traces how many
 * @param spans their spans
 * @param inputTokens tokens read
 * @param outputTokens tokens written
 * @param cost US dollars
 */
record Totals(long traces, long spans, long inputTokens, long outputTokens, BigDecimal cost) {
    static final Totals NONE = new Totals(0, 0, 0, 0, BigDecimal.ZERO);

    /** The totals of the spans of a planned trace. */
    static Totals of(TracePlan trace) {
        long input = 0;
        long output = 0;
        BigDecimal cost = BigDecimal.ZERO;
        for (SpanPlan span : trace.spans) {
            ModelUse use = span.reportedUse();
            if (use != null) {
                input += use.inputTokens();
                output += use.outputTokens();
                BigDecimal reported = span.reportedCost();
                cost = cost.add(
                        reported != null
                                ? reported
                                : VolumeModel.named(use.model())
                                        .cost(use.inputTokens(), use.cachedTokens(), use.outputTokens()));
            }
        }
        return new Totals(1, trace.spans.size(), input, output, cost);
    }

    Totals plus(Totals more) {
        return new Totals(
                traces + more.traces,
                spans + more.spans,
                inputTokens + more.inputTokens,
                outputTokens + more.outputTokens,
                cost.add(more.cost));
    }

    boolean isSameAs(Totals other) {
        return traces == other.traces
                && spans == other.spans
                && inputTokens == other.inputTokens
                && outputTokens == other.outputTokens
                && cost.compareTo(other.cost) == 0;
    }

    @Override
    public String toString() {
        return "%d traces, %d spans, %d + %d tokens, $%s"
                .formatted(traces, spans, inputTokens, outputTokens, cost.toPlainString());
    }
}
