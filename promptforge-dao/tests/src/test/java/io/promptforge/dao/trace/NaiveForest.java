package io.promptforge.dao.trace;

import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** The innermost calls without a cost, inside no span whose cost counts. */
    List<NewSpan> unpriced() {
        return spans.values().stream()
                .filter(span -> isCall(span) && span.cost() == null)
                .filter(span -> spans.values().stream()
                        .noneMatch(other -> isCall(other) && ancestors(other).contains(span)))
                .filter(span -> ancestors(span).stream()
                        .noneMatch(ancestor -> ancestor.cost() != null
                                && ancestor.cost().signum() > 0
                                && counts(ancestor, NaiveForest::cost)))
                .toList();
    }

    private static boolean isCall(NewSpan span) {
        boolean used = Stream.of(
                                span.inputTokens(),
                                span.outputTokens(),
                                span.cachedInputTokens(),
                                span.cacheCreationInputTokens(),
                                span.reasoningOutputTokens())
                        .anyMatch(count -> count != null && count > 0)
                || span.usage().values().stream().anyMatch(count -> count.signum() > 0)
                || (span.cost() != null && span.cost().signum() > 0);
        boolean succeeded = (span.kind() == SpanKind.LLM || span.kind() == SpanKind.EMBEDDING)
                && span.status() == ExecutionStatus.SUCCESS
                && (span.requestModel() != null || span.responseModel() != null);
        return used || succeeded;
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
