package io.promptforge.benchmarks;

import io.promptforge.dao.trace.Span;
import io.promptforge.dao.trace.SpanNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Builds the tree of spans as by hand: unlike PromptForge, without handling cycles and great depth. */
final class HandWrittenTree {
    private final Map<UUID, List<Span>> children = new HashMap<>();

    private HandWrittenTree() {}

    /** The roots of spans that are sorted by start. */
    static List<SpanNode> of(List<Span> spans) {
        HandWrittenTree forest = new HandWrittenTree();
        Map<UUID, Span> byId = new HashMap<>();
        spans.forEach(span -> byId.put(span.id(), span));
        List<Span> roots = new ArrayList<>();
        for (Span span : spans) {
            if (span.parentId().filter(byId::containsKey).isPresent()) {
                forest.children
                        .computeIfAbsent(span.parentId().get(), id -> new ArrayList<>())
                        .add(span);
            } else {
                roots.add(span);
            }
        }
        return roots.stream().map(forest::node).toList();
    }

    private SpanNode node(Span span) {
        return new SpanNode(
                span,
                children.getOrDefault(span.id(), List.of()).stream()
                        .map(this::node)
                        .toList());
    }
}
