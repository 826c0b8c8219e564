package io.promptforge.dao.trace;

import java.util.List;

/**
 * A trace with its spans.
 *
 * @param trace the trace
 * @param roots the spans without a parent and those whose parent is not stored, ordered by start
 */
public record TraceTree(Trace trace, List<SpanNode> roots) {
    /** Keeps a copy of the roots. */
    public TraceTree {
        roots = List.copyOf(roots);
    }
}
