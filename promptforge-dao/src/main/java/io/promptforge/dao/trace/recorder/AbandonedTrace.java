package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.error.PromptForgeException;
import java.util.function.Consumer;

/**
 * A trace that is given up.
 *
 * @param trace the trace
 * @param failure why it was not stored
 */
record AbandonedTrace(BufferedTrace trace, PromptForgeException failure) {
    /** Calls the listener, then completes the trace's future. What the listener throws is added to the failure. */
    void report(Consumer<UnstoredTrace> listener) {
        try {
            listener.accept(new UnstoredTrace(trace.destination(), trace.trace(), failure));
        } catch (Throwable e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        } finally {
            trace.stored().completeExceptionally(failure);
        }
    }
}
