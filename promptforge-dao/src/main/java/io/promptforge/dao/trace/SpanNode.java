package io.promptforge.dao.trace;

import java.util.List;

/**
 * A span with its children.
 *
 * @param span the span
 * @param children the spans it called, ordered by start
 */
public record SpanNode(Span span, List<SpanNode> children) {
    /** Keeps a copy of the children. */
    public SpanNode {
        children = List.copyOf(children);
    }
}
