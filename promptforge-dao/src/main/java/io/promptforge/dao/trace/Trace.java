package io.promptforge.dao.trace;

import io.promptforge.schema.type.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One request to an application.
 *
 * @param id its id
 * @param projectId the project it belongs to
 * @param parentTraceId the trace that caused this one
 * @param externalId the caller's id of the request
 * @param name what was asked of the application
 * @param status the status
 * @param startedAt the start
 * @param endedAt the end; empty while it runs or if it is unknown
 * @param environment the environment, such as {@code production}
 * @param sessionId the conversation
 * @param endUserId the user of the application
 * @param promptVersionId the prompt version that was served
 * @param modelId the registered model
 * @param providerName the provider as reported
 * @param modelName the model as reported
 * @param retryCount the number of retries
 * @param errorType the class of the error
 * @param errorMessage the error in words
 * @param tags its labels, sorted
 * @param totals the sums over its stored spans
 * @param createdAt when it was first stored
 * @param updatedAt when it was last changed
 * @param payload its large fields; empty if they were not read
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
        List<String> tags,
        TraceTotals totals,
        Instant createdAt,
        Instant updatedAt,
        Optional<TracePayload> payload) {
    /** The time between start and end; empty while it runs. */
    public Optional<Duration> duration() {
        return endedAt.map(end -> Duration.between(startedAt, end));
    }
}
