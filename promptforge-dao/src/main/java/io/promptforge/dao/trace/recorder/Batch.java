package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.trace.NewTrace;
import java.util.List;

/**
 * Traces that are stored by one call.
 *
 * @param queue the queue they were taken from
 * @param traces at least one
 */
record Batch(TenantQueue queue, List<BufferedTrace> traces) {
    /** Stores it, all or nothing. */
    void store() {
        List<NewTrace> elements = traces.stream().map(BufferedTrace::trace).toList();
        queue.destination().record(elements);
    }
}
