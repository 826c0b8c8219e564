package io.promptforge.dao.trace.ingest;

import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The calls of models of a trace whose cost is unknown. A call is a span that used something, or one of a model that succeeded. Of
 * calls inside each other the innermost counts; one inside a span whose cost counts is covered by that cost.
 *
 * @param calls how many there are
 * @param tokens their input and output tokens
 */
record UnpricedCalls(int calls, long tokens) {
    static final UnpricedCalls NONE = new UnpricedCalls(0, 0);

    static UnpricedCalls of(Collection<SpanRow> spans, Ancestors ancestors, Usage<BigDecimal> cost) {
        List<SpanRow> calls = spans.stream().filter(UnpricedCalls::isCall).toList();
        if (calls.stream().allMatch(call -> call.cost != null)) {
            return NONE;
        }
        Set<UUID> around = new HashSet<>();
        for (SpanRow call : calls) {
            SpanRow ancestor = ancestors.parent(call);
            while (ancestor != null && around.add(ancestor.id())) {
                ancestor = ancestors.parent(ancestor);
            }
        }
        Map<UUID, Boolean> covered = new HashMap<>();
        int count = 0;
        long tokens = 0;
        for (SpanRow call : calls) {
            if (call.cost == null && !around.contains(call.id()) && !isCovered(call, ancestors, cost, covered)) {
                count++;
                tokens += orZero(call.fields.inputTokens) + orZero(call.fields.outputTokens);
            }
        }
        return new UnpricedCalls(count, tokens);
    }

    private static boolean isCall(SpanRow span) {
        return SpanUsage.isUsed(span.fields)
                || (span.cost != null && span.cost.signum() > 0)
                || ((span.fields.kind == SpanKind.LLM || span.fields.kind == SpanKind.EMBEDDING)
                        && span.fields.status == ExecutionStatus.SUCCESS
                        && span.modelName() != null);
    }

    /** Whether the cost of a span around it counts. What is found is kept, so that each span is looked at once. */
    private static boolean isCovered(
            SpanRow call, Ancestors ancestors, Usage<BigDecimal> cost, Map<UUID, Boolean> known) {
        List<UUID> path = new ArrayList<>();
        Boolean covered = null;
        for (SpanRow span = call; covered == null; ) {
            path.add(span.id());
            SpanRow parent = ancestors.parent(span);
            if (parent == null) {
                covered = false;
            } else {
                BigDecimal counted = cost.counted(parent);
                boolean counts = counted != null && counted.signum() > 0;
                covered = counts ? Boolean.TRUE : known.get(parent.id());
                span = parent;
            }
        }
        for (UUID span : path) {
            known.put(span, covered);
        }
        return covered;
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
