package io.promptforge.dao.evaluation;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.EvaluationStatus;
import io.promptforge.schema.type.EvaluationType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A run of tests.
 *
 * @param id its key
 * @param projectId the project it belongs to
 * @param name display name; runs of one suite may share it
 * @param description free text
 * @param type the quality that is judged
 * @param status its status
 * @param configuration a JSON object: evaluator, thresholds, sampling
 * @param scales the scale of each metric that has one, that of the main score by {@code score}
 * @param datasetId the data set's id in the system that keeps it
 * @param promptId the prompt under test
 * @param promptVersionId the version under test
 * @param modelId the model under test
 * @param totalTests number of stored results
 * @param passedTests number of stored results that passed
 * @param failedTests number of stored results that were run and did not pass
 * @param errorTests number of stored results of tests that could not be run
 * @param averageScore mean of the main scores, with 6 decimals; empty while no result has one
 * @param errorMessage why it failed or was cancelled
 * @param startedAt when it began to run
 * @param finishedAt when it was completed, failed or cancelled; not before its start
 * @param clockSkew how long before its start it was reported to end, which is then stored as its end; empty otherwise
 * @param earlierEnds its ends before it was resumed, the oldest first
 * @param createdBy the user who created it; empty if a service did
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 */
public record Evaluation(
        UUID id,
        UUID projectId,
        String name,
        Optional<String> description,
        EvaluationType type,
        EvaluationStatus status,
        Json configuration,
        Map<String, ScoreScale> scales,
        Optional<String> datasetId,
        Optional<UUID> promptId,
        Optional<UUID> promptVersionId,
        Optional<UUID> modelId,
        int totalTests,
        int passedTests,
        int failedTests,
        int errorTests,
        Optional<BigDecimal> averageScore,
        Optional<String> errorMessage,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<Duration> clockSkew,
        List<EvaluationEnd> earlierEnds,
        Optional<UUID> createdBy,
        Instant createdAt,
        Instant updatedAt) {}
