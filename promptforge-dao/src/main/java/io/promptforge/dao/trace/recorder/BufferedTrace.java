package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.TraceRepository;
import java.util.concurrent.CompletableFuture;

/** A trace on its way to the database. What may change of it is guarded by the buffer's lock. */
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
        this.bytes = TraceFootprint.of(trace);
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

    /** Itself and its spans, what is stored of {@link NewSpan}s and traces being much the same. */
    int elements() {
        return 1 + trace.spans().size();
    }

    /** Completed when the trace is committed, or given up. */
    CompletableFuture<Void> stored() {
        return stored;
    }

    long acceptedAt() {
        return acceptedAt;
    }

    void accept(long now) {
        acceptedAt = now;
    }

    /** How often it failed by itself, without anybody's knowing whether it is to blame. */
    int failures() {
        return failures;
    }

    void fail() {
        failures++;
    }
}
