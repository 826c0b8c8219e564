package io.promptforge.dao.trace.ingest;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Usage of one kind in a trace. Frameworks put the sum of the children on the parent, so a span's own usage counts only if none of
 * its descendants reports usage of this kind; a zero reports nothing.
 */
final class Usage<N extends Number> {
    private final Collection<SpanRow> spans;
    private final Function<SpanRow, @Nullable N> amount;
    private final BinaryOperator<N> addition;
    private final Set<UUID> repeated = new HashSet<>();

    Usage(
            Collection<SpanRow> spans,
            Ancestors ancestors,
            Function<SpanRow, @Nullable N> amount,
            BinaryOperator<N> addition) {
        this.spans = spans;
        this.amount = amount;
        this.addition = addition;
        for (SpanRow span : spans) {
            N own = amount.apply(span);
            if (own != null && own.doubleValue() > 0) {
                SpanRow ancestor = ancestors.parent(span);
                while (ancestor != null && repeated.add(ancestor.id())) {
                    ancestor = ancestors.parent(ancestor);
                }
            }
        }
    }

    /** What the span adds to the sum; null if it reports nothing, or if a descendant reports usage. */
    @Nullable N counted(SpanRow span) {
        return repeated.contains(span.id()) ? null : amount.apply(span);
    }

    /** The sum; null if no span reports more than 0. */
    @Nullable N sum() {
        N sum = null;
        for (SpanRow span : spans) {
            sum = MergeRules.orNull(sum, counted(span), addition);
        }
        return sum == null || sum.doubleValue() == 0 ? null : sum;
    }
}
