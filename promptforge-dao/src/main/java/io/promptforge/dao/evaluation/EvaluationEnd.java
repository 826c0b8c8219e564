package io.promptforge.dao.evaluation;

import io.promptforge.schema.type.EvaluationStatus;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An end of an evaluation that was resumed later.
 *
 * @param status how it ended: completed, failed or cancelled
 * @param finishedAt when it ended
 * @param errorMessage why it failed or was cancelled
 * @param resumedAt when it was resumed
 */
public record EvaluationEnd(
        EvaluationStatus status, Instant finishedAt, Optional<String> errorMessage, Instant resumedAt) {
    static EvaluationEnd of(Map<?, ?> stored) {
        return new EvaluationEnd(
                EvaluationStatus.valueOf(
                        Documents.text(stored, "status").orElseThrow().toUpperCase(Locale.ROOT)),
                Documents.time(stored, "finished_at").orElseThrow(),
                Documents.text(stored, "error_message"),
                Documents.time(stored, "resumed_at").orElseThrow());
    }
}
