package io.promptforge.dao.evaluation;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The result of one test in one repetition. Never changes, except that it gets further scores, is replaced once, and loses references
 * to what is deleted.
 *
 * @param id its key
 * @param projectId the project of the evaluation, or of the trace that is judged on its own
 * @param evaluationId the evaluation it belongs to; empty for the judgement of a trace
 * @param testName the test, unique in the evaluation together with variant and repetition
 * @param variant what the test ran with, such as {@code openai:gpt-4o}; empty for none
 * @param repetition 1 for the first run of the test, 2 for the second …
 * @param outcome whether the test passed, failed, or could not be run
 * @param score the main score, with 6 decimals, on the scale {@code score} of the evaluation
 * @param scores further scores, those that came with the result first
 * @param latency how long the call took, in whole microseconds
 * @param inputTokens tokens read, cached ones included
 * @param outputTokens tokens written, reasoning included
 * @param cost US dollars
 * @param metrics a JSON object of measurements in any form
 * @param errorMessage why the call or the test failed
 * @param modelId the model of the variant
 * @param promptVersionId the prompt version of the variant
 * @param evaluatorId the evaluator that judged
 * @param evaluatorVersionId the version of the evaluator that judged
 * @param traceId the trace of the call
 * @param replacedAt when another result took its place; empty for the one that counts
 * @param createdAt when it was stored
 * @param payload input and outputs; empty in a list without payloads
 */
public record EvaluationResult(
        UUID id,
        UUID projectId,
        Optional<UUID> evaluationId,
        String testName,
        Optional<String> variant,
        int repetition,
        ResultOutcome outcome,
        Optional<BigDecimal> score,
        List<Score> scores,
        Optional<Duration> latency,
        OptionalLong inputTokens,
        OptionalLong outputTokens,
        Optional<BigDecimal> cost,
        Json metrics,
        Optional<String> errorMessage,
        Optional<UUID> modelId,
        Optional<UUID> promptVersionId,
        Optional<UUID> evaluatorId,
        Optional<UUID> evaluatorVersionId,
        Optional<UUID> traceId,
        Optional<Instant> replacedAt,
        Instant createdAt,
        Optional<ResultPayload> payload) {
    /** Whether the test passed. */
    public boolean passed() {
        return outcome == ResultOutcome.PASSED;
    }
}
