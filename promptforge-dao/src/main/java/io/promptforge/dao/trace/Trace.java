package io.promptforge.dao.trace;

import io.promptforge.schema.type.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One request to an application.
 *
 * @param id its id
 * @param projectId the project it belongs to
 * @param parentTraceId the trace that caused this one
 * @param externalId the caller's own id of the request
 * @param name what was asked of the application
 * @param status how it went
 * @param startedAt when it began
 * @param endedAt when it ended; empty while it runs
 * @param environment where it ran
 * @param sessionId the conversation
 * @param endUserId the application's own user
 * @param promptVersionId the prompt version that was served
 * @param modelId the model, where it is one the organization has registered
 * @param providerName the provider as reported
 * @param modelName the model as reported
 * @param retryCount how often the request was tried again
 * @param errorType the class of the error
 * @param errorMessage the error in words
 * @param totals the sums over its spans
 * @param createdAt when it was stored
 * @param updatedAt when it was last changed
 * @param payload its big parts; empty where they were not asked for
 */
public record Trace(
        UUID id,
        UUID projectId,
        Optional<UUID> parentTraceId,
        Optional<String> externalId,
        String name,
        ExecutionStatus status,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<String> environment,
        Optional<String> sessionId,
        Optional<String> endUserId,
        Optional<UUID> promptVersionId,
        Optional<UUID> modelId,
        Optional<String> providerName,
        Optional<String> modelName,
        int retryCount,
        Optional<String> errorType,
        Optional<String> errorMessage,
        TraceTotals totals,
        Instant createdAt,
        Instant updatedAt,
        Optional<TracePayload> payload) {
    /** How long it took; empty while it runs. */
    public Optional<Duration> duration() {
        return endedAt.map(end -> Duration.between(startedAt, end));
    }
}
