package io.promptforge.dao.trace;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A span as it is stored: its merged records, and the model and the cost that were derived from them.
 *
 * @param traceId its trace
 * @param record what its records report
 * @param modelId the reported model, else the one found by its name
 * @param cost the reported cost, else the computed one
 */
record MergedSpan(
        UUID traceId,
        MergedRecord<SpanFields> record,
        @Nullable UUID modelId,
        @Nullable BigDecimal cost) {

    /**
     * Derives model and cost, or keeps those stored before if they were derived from the present values, even if prices have
     * changed.
     */
    static MergedSpan of(
            UUID traceId, MergedRecord<SpanFields> record, @Nullable MergedSpan before, RegisteredModels models) {
        SpanFields fields = record.fields();
        if (before != null && basis(before.record.fields()).equals(basis(fields))) {
            return new MergedSpan(traceId, record, before.modelId, fields.cost == null ? before.cost : fields.cost);
        }
        return new MergedSpan(traceId, record, models.idFor(fields), models.costOf(fields));
    }

    /** The values from which model and cost are derived. */
    private static List<@Nullable Object> basis(SpanFields span) {
        return Arrays.asList(
                span.modelId, span.providerName, span.requestModel, span.responseModel, SpanTokens.of(span));
    }
}
