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
    /** Stores the traces that are accepted. Returns the others, which are to be given up. */
    List<AbandonedTrace> store() {
        List<NewTrace> elements = traces.stream().map(BufferedTrace::trace).toList();
        return queue.destination().recordAccepted(elements).stream()
                .map(refused -> new AbandonedTrace(traces.get(refused.index()), refused.refusal()))
                .toList();
    }
}
