package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.TraceRepository;

/**
 * A trace that a {@link TraceRecorder} accepted and then gave up.
 *
 * @param destination where it was to be stored
 * @param trace the trace, with its spans
 * @param failure why it was not stored: the database's refusal, whose path counts from the first trace of the recorder's batch, or a {@link
 *     io.promptforge.dao.error.RecorderClosedException} if the recorder was closed before, whose cause is the last failure of
 *     its destination, if there was one
 */
public record UnstoredTrace(TraceRepository destination, NewTrace trace, PromptForgeException failure) {
    /** The trace's id and the failure, without the values of the trace, which do not belong in a log. */
    @Override
    public String toString() {
        return "trace " + trace.id() + ": " + failure;
    }
}
