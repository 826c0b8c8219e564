package io.promptforge.benchmarks;

import io.promptforge.dao.trace.NewTrace;

/** Traces without end, the same in every run. */
interface TraceSource {
    /** The trace with this number, 0 or more; of about ten spans. */
    NewTrace trace(long index);
}
