package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.error.PromptForgeException;
import java.util.function.Consumer;

/**
 * A trace that will not be stored.
 *
 * @param trace the trace
 * @param failure why not
 */
record GivenUp(BufferedTrace trace, PromptForgeException failure) {
    /** Tells the listener, then whoever waits for the trace. What the listener throws goes with the failure. */
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
