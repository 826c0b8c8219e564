package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.error.PromptForgeException;
import java.util.Optional;

/**
 * How a {@link TraceRecorder} is doing, at one moment. What was accepted is what was stored, not stored, or is buffered.
 *
 * @param accepted how many traces it has taken, since it was started, as the next three
 * @param stored how many of them are committed
 * @param unstored how many of them were given up; the listener was told of each
 * @param refused how many it has not taken, because the buffer was full
 * @param bufferedTraces how many wait, or are being stored
 * @param bufferedBytes how much memory those take, as it is estimated
 * @param failure why storing fails at present, if it does: for the host's health check
 */
public record TraceRecorderStatus(
        long accepted,
        long stored,
        long unstored,
        long refused,
        long bufferedTraces,
        long bufferedBytes,
        Optional<PromptForgeException> failure) {}
