package io.promptforge.dao.trace;

import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One step of a trace.
 *
 * @param traceId its trace
 * @param id its id, unique in the trace
 * @param parentId the span that called it; empty for a root
 * @param name what the step does
 * @param kind the kind of step
 * @param status the status
 * @param startedAt the start
 * @param endedAt the end; empty while it runs or if it is unknown
 * @param modelCall the call of a model that it reports
 * @param errorType the class of the error
 * @param errorMessage the error in words
 * @param payload its large fields; empty if they were not read
 */
public record Span(
        UUID traceId,
        UUID id,
        Optional<UUID> parentId,
        String name,
        SpanKind kind,
        ExecutionStatus status,
        Instant startedAt,
        Optional<Instant> endedAt,
        ModelCall modelCall,
        Optional<String> errorType,
        Optional<String> errorMessage,
        Optional<SpanPayload> payload) {
    /** The time between start and end; empty while it runs. */
    public Optional<Duration> duration() {
        return endedAt.map(end -> Duration.between(startedAt, end));
    }
}
