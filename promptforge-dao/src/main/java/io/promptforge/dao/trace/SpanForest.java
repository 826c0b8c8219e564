package io.promptforge.dao.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Builds trees of spans. A span whose parent is missing becomes a root, and so does the first span of a cycle of parents, so that
 * every span is in a tree exactly once.
 */
final class SpanForest {
    private final Map<UUID, Span> spans = new LinkedHashMap<>();
    private final Map<UUID, List<Span>> children = new HashMap<>();
    private final Set<UUID> placed = new HashSet<>();

    private SpanForest(List<Span> byStart) {
        byStart.forEach(span -> spans.put(span.id(), span));
        for (Span span : spans.values()) {
            span.parentId().ifPresent(parent -> children.computeIfAbsent(parent, key -> new ArrayList<>())
                    .add(span));
        }
    }

    /** The roots of spans that are ordered by start. */
    static List<SpanNode> of(List<Span> byStart) {
        SpanForest forest = new SpanForest(byStart);
        List<SpanNode> roots = new ArrayList<>();
        for (Span span : forest.spans.values()) {
            if (span.parentId().filter(forest.spans::containsKey).isEmpty()) {
                roots.add(forest.tree(span));
            }
        }
        for (Span span : forest.spans.values()) {
            if (!forest.placed.contains(span.id())) {
                roots.add(forest.tree(span));
            }
        }
        return roots;
    }

    /** Iterative, since a trace may be deeper than the stack. */
    private SpanNode tree(Span root) {
        Deque<Span> open = new ArrayDeque<>(List.of(root));
        List<Span> parentsFirst = new ArrayList<>();
        placed.add(root.id());
        Map<UUID, List<Span>> taken = new HashMap<>();
        while (!open.isEmpty()) {
            Span span = open.pop();
            parentsFirst.add(span);
            List<Span> own = children.getOrDefault(span.id(), List.of()).stream()
                    .filter(child -> placed.add(child.id()))
                    .toList();
            taken.put(span.id(), own);
            own.forEach(open::push);
        }
        Map<UUID, SpanNode> nodes = new HashMap<>();
        for (int i = parentsFirst.size() - 1; i >= 0; i--) {
            Span span = parentsFirst.get(i);
            nodes.put(
                    span.id(),
                    new SpanNode(
                            span,
                            taken.getOrDefault(span.id(), List.of()).stream()
                                    .map(child -> Objects.requireNonNull(nodes.get(child.id())))
                                    .toList()));
        }
        return Objects.requireNonNull(nodes.get(root.id()));
    }
}
