package io.promptforge.dao.trace;

import java.util.List;

/**
 * A span with those it called.
 *
 * @param span the span
 * @param children the spans it called, by their start
 */
public record SpanNode(Span span, List<SpanNode> children) {
    /** Keeps a copy of the children. */
    public SpanNode {
        children = List.copyOf(children);
    }
}
