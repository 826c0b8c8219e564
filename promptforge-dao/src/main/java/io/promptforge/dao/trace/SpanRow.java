package io.promptforge.dao.trace;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A span as a row: what its records said, and what was worked out from that.
 *
 * @param modelId the model that was reported, else the one found by its name
 * @param cost the cost that was reported, else the calculated one
 */
record SpanRow(
        UUID traceId,
        Known<NewSpan> known,
        @Nullable UUID modelId,
        @Nullable BigDecimal cost) {

    /** What was worked out stays as it is, whatever has become of prices, where it was worked out from the same. */
    static SpanRow merged(UUID traceId, Known<NewSpan> known, @Nullable SpanRow before, RegisteredModels models) {
        NewSpan span = known.said();
        if (before != null && basis(before.known.said()).equals(basis(span))) {
            return new SpanRow(traceId, known, before.modelId, span.cost() == null ? before.cost : span.cost());
        }
        return new SpanRow(traceId, known, models.idFor(span), models.costOf(span));
    }

    /** What model and cost are worked out from. */
    private static List<@Nullable Object> basis(NewSpan span) {
        return Arrays.asList(
                span.modelId(), span.providerName(), span.requestModel(), span.responseModel(), SpanTokens.of(span));
    }
}
