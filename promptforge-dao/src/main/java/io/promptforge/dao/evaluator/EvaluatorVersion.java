package io.promptforge.dao.evaluator;

import io.promptforge.dao.evaluation.ScoreScale;
import io.promptforge.dao.json.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * What an evaluator is made of. Never changes.
 *
 * @param id its key, which results name
 * @param evaluatorId the evaluator
 * @param versionNumber 1 for the first version, counted without gaps
 * @param configurationSchema the JSON Schema of its configuration
 * @param configurationDefaults the configuration where an evaluation sets none, a JSON object
 * @param criteria what it judges by, in words
 * @param judgeModel the model that judges, by its name
 * @param prompts its prompts by their names, a JSON object
 * @param scale the scale of its main score
 * @param catalogueEdition the edition of the catalogue that it was installed from; empty if the organization made it
 * @param createdBy the user who created it; empty if a service did
 * @param createdAt when it was created
 */
public record EvaluatorVersion(
        UUID id,
        UUID evaluatorId,
        int versionNumber,
        Json configurationSchema,
        Json configurationDefaults,
        Optional<String> criteria,
        Optional<String> judgeModel,
        Json prompts,
        Optional<ScoreScale> scale,
        Optional<LocalDate> catalogueEdition,
        Optional<UUID> createdBy,
        Instant createdAt) {}
