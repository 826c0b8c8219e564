package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.error.PromptForgeException;
import java.util.Optional;

/**
 * The state of a {@link TraceRecorder} at one moment. {@code accepted} is the sum of {@code stored}, {@code unstored} and {@code
 * bufferedTraces}.
 *
 * @param accepted the traces accepted since the start
 * @param stored the accepted traces that were committed
 * @param unstored the accepted traces that were given up; the listener was called for each
 * @param refused the traces that were not accepted since the start because the buffer was full
 * @param bufferedTraces the accepted traces that wait or are being stored
 * @param bufferedBytes their estimated bytes of memory
 * @param failure the failure of the last attempt, if a destination fails at present; for the host's health check
 */
public record TraceRecorderStatus(
        long accepted,
        long stored,
        long unstored,
        long refused,
        long bufferedTraces,
        long bufferedBytes,
        Optional<PromptForgeException> failure) {}
