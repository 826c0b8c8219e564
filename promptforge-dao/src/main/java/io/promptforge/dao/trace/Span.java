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
 * @param traceId the trace it is a step of
 * @param id its id, unique in the trace
 * @param parentId the span that called it; empty for a root
 * @param name what the step does
 * @param kind what sort of step it is
 * @param status how it went
 * @param startedAt when it began
 * @param endedAt when it ended; empty while it runs
 * @param modelCall what it says of the model it called
 * @param errorType the class of the error
 * @param errorMessage the error in words
 * @param payload its big parts; empty where they were not asked for
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
    /** How long it took; empty while it runs. */
    public Optional<Duration> duration() {
        return endedAt.map(end -> Duration.between(startedAt, end));
    }
}
