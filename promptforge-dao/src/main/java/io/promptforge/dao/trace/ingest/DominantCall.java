package io.promptforge.dao.trace.ingest;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls of one model in a trace. */
final class DominantCall {
    private static final Comparator<DominantCall> BY_WEIGHT = Comparator.<DominantCall, BigDecimal>comparing(
                    c -> c.cost)
            .thenComparingLong(c -> c.tokens)
            .thenComparingInt(c -> c.count)
            .thenComparing(c -> c.model, Comparator.reverseOrder());

    private final String model;
    private final SpanRow example;
    private BigDecimal cost = BigDecimal.ZERO;
    private long tokens;
    private int count;

    private DominantCall(String model, SpanRow example) {
        this.model = model;
        this.example = example;
    }

    /** A call of the model that cost most, else used most tokens, else was called most often; null if no model was called. */
    static @Nullable SpanRow of(
            Collection<SpanRow> spans, Usage<Long> input, Usage<Long> output, Usage<BigDecimal> cost) {
        Map<String, DominantCall> calls = new HashMap<>();
        for (SpanRow span : spans) {
            if (span.modelName() != null || span.modelId != null) {
                String model = Arrays.asList(span.fields.providerName, span.modelName(), span.modelId)
                        .toString();
                calls.computeIfAbsent(model, key -> new DominantCall(key, span))
                        .add(cost.counted(span), input.counted(span), output.counted(span));
            }
        }
        return calls.values().stream().max(BY_WEIGHT).map(call -> call.example).orElse(null);
    }

    private void add(@Nullable BigDecimal dollars, @Nullable Long read, @Nullable Long written) {
        cost = dollars == null ? cost : cost.add(dollars);
        tokens += (read == null ? 0 : read) + (written == null ? 0 : written);
        count++;
    }
}
