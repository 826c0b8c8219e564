package io.promptforge.benchmarks;

import java.util.List;

/**
 * A way to write traces with their spans.
 *
 * @param name the library or technique
 * @param writing the way; called by several threads
 */
record TraceWriter(String name, Writing writing) {
    void write(List<TraceInsert> traces) throws Exception {
        writing.write(traces);
    }

    /** Writes traces, in a transaction. */
    interface Writing {
        void write(List<TraceInsert> traces) throws Exception;
    }
}
