package io.promptforge.dao.trace;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The root and the totals of spans, by the rules as they are stated, span by span. */
final class NaiveForest {
    private static final Comparator<NewSpan> BY_START = Comparator.comparing(NewSpan::startedAt)
            .thenComparing(span -> span.id().toString());

    private final Map<UUID, NewSpan> spans;

    NaiveForest(List<NewSpan> spans) {
        this.spans = spans.stream().collect(Collectors.toMap(NewSpan::id, Function.identity()));
    }

    /** What a span reports of one kind of usage. */
    interface Amount {
        @Nullable Number of(NewSpan span);

        default BigDecimal orZero(NewSpan span) {
            Number amount = of(span);
            return amount == null ? BigDecimal.ZERO : new BigDecimal(amount.toString());
        }
    }

    static @Nullable Number input(NewSpan span) {
        return span.inputTokens();
    }

    static @Nullable Number output(NewSpan span) {
        return span.outputTokens();
    }

    static @Nullable Number cost(NewSpan span) {
        return span.cost();
    }

    /** Of the spans without a stored parent, those without parent or with a remote one before others, the earliest. */
    NewSpan root() {
        List<NewSpan> roots = spans.values().stream()
                .filter(span -> parent(span) == null)
                .sorted(BY_START)
                .toList();
        return roots.stream()
                .filter(span -> span.parentId() == null || Boolean.TRUE.equals(span.parentRemote()))
                .findFirst()
                .orElseGet(() -> roots.get(0));
    }

    BigDecimal sum(Amount kind) {
        BigDecimal sum = BigDecimal.ZERO;
        for (NewSpan span : spans.values()) {
            sum = counts(span, kind) ? sum.add(kind.orZero(span)) : sum;
        }
        return sum;
    }

    /** Whether none of its descendants reports more than 0. */
    boolean counts(NewSpan span, Amount kind) {
        return spans.values().stream()
                .noneMatch(other ->
                        kind.orZero(other).signum() > 0 && ancestors(other).contains(span));
    }

    private List<NewSpan> ancestors(NewSpan span) {
        List<NewSpan> ancestors = new ArrayList<>();
        NewSpan current = parent(span);
        while (current != null) {
            ancestors.add(current);
            current = parent(current);
        }
        return ancestors;
    }

    /** The stored parent; the first span of a cycle has none. */
    private @Nullable NewSpan parent(NewSpan span) {
        List<NewSpan> up = new ArrayList<>();
        NewSpan current = span;
        while (current != null && !up.contains(current)) {
            up.add(current);
            current = stored(current.parentId());
        }
        boolean isFirst =
                span.equals(current) && up.stream().min(BY_START).orElseThrow().equals(span);
        return isFirst ? null : stored(span.parentId());
    }

    private @Nullable NewSpan stored(@Nullable UUID id) {
        return id == null ? null : spans.get(id);
    }
}
