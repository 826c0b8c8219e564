package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.TraceRepository;
import java.util.concurrent.CompletableFuture;

/** A buffered trace. Its mutable fields are guarded by the buffer's lock. */
final class BufferedTrace {
    private final TraceRepository destination;
    private final NewTrace trace;
    private final long bytes;
    private final CompletableFuture<Void> stored = new CompletableFuture<>();
    private long acceptedAt;
    private int failures;

    BufferedTrace(TraceRepository destination, NewTrace trace) {
        this.destination = destination;
        this.trace = trace;
        this.bytes = trace.estimatedBytes();
    }

    TraceRepository destination() {
        return destination;
    }

    NewTrace trace() {
        return trace;
    }

    long bytes() {
        return bytes;
    }

    /** Itself and its spans: both take about the same effort to store. */
    int elements() {
        return 1 + trace.spans().size();
    }

    /** Completed when the trace is committed or given up. */
    CompletableFuture<Void> stored() {
        return stored;
    }

    long acceptedAt() {
        return acceptedAt;
    }

    void accept(long now) {
        acceptedAt = now;
    }

    /** The number of failures as a batch of one. */
    int failures() {
        return failures;
    }

    void fail() {
        failures++;
    }
}
