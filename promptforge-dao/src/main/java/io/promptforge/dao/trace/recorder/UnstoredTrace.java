package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.TraceRepository;

/**
 * A trace that a {@link TraceRecorder} accepted and then gave up.
 *
 * @param destination where it was to be stored
 * @param trace the trace, with its spans
 * @param failure why it was not stored: the database's refusal, or a {@link
 *     io.promptforge.dao.error.RecorderClosedException} where time ran out, whose cause is what had kept it from being
 *     stored, if anything had
 */
public record UnstoredTrace(TraceRepository destination, NewTrace trace, PromptForgeException failure) {
    /** The trace's id and the failure; not what the trace says, which does not belong in a log. */
    @Override
    public String toString() {
        return "trace " + trace.id() + ": " + failure;
    }
}
