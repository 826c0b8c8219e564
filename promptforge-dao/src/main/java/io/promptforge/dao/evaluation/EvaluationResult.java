package io.promptforge.dao.evaluation;

import io.promptforge.dao.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The outcome of one test in one repetition. Never changes, but for losing its trace.
 *
 * @param id its key
 * @param evaluationId the evaluation it belongs to
 * @param testName the test, unique in the evaluation together with the repetition
 * @param repetition 1 for the first run of the test, 2 for the second …
 * @param score 0 (worst) to 1 (best)
 * @param passed whether the test passed
 * @param latency how long the call took
 * @param inputTokens tokens read, cached ones included
 * @param outputTokens tokens written, reasoning included
 * @param cost US dollars
 * @param metrics a JSON object of further scores
 * @param errorMessage why the call failed
 * @param traceId the trace of the call
 * @param payload what went in and what came out; empty in a list that leaves it out
 * @param createdAt when it was stored
 */
public record EvaluationResult(
        UUID id,
        UUID evaluationId,
        String testName,
        int repetition,
        Optional<BigDecimal> score,
        boolean passed,
        Optional<Duration> latency,
        OptionalLong inputTokens,
        OptionalLong outputTokens,
        Optional<BigDecimal> cost,
        Json metrics,
        Optional<String> errorMessage,
        Optional<UUID> traceId,
        Optional<ResultPayload> payload,
        Instant createdAt) {}
