package io.promptforge.dao.evaluation;

import io.promptforge.dao.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The result of one test in one repetition. Never changes, except that it loses the reference to its trace when that is deleted.
 *
 * @param id its key
 * @param evaluationId the evaluation it belongs to
 * @param testName the test, unique in the evaluation together with the repetition
 * @param repetition 1 for the first run of the test, 2 for the second …
 * @param outcome whether the test passed
 * @param score 0 (worst) to 1 (best)
 * @param latency how long the call took, in whole microseconds
 * @param inputTokens tokens read, cached ones included
 * @param outputTokens tokens written, reasoning included
 * @param cost US dollars
 * @param metrics a JSON object of further scores
 * @param errorMessage why the call failed
 * @param traceId the trace of the call
 * @param createdAt when it was stored
 * @param payload input and outputs; empty in a list without payloads
 */
public record EvaluationResult(
        UUID id,
        UUID evaluationId,
        String testName,
        int repetition,
        ResultOutcome outcome,
        Optional<BigDecimal> score,
        Optional<Duration> latency,
        OptionalLong inputTokens,
        OptionalLong outputTokens,
        Optional<BigDecimal> cost,
        Json metrics,
        Optional<String> errorMessage,
        Optional<UUID> traceId,
        Instant createdAt,
        Optional<ResultPayload> payload) {
    /** Whether the test passed. */
    public boolean passed() {
        return outcome == ResultOutcome.PASSED;
    }
}
