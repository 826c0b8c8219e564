package io.promptforge.dao.evaluation;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.EvaluationType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation to be made; it starts as pending.
 *
 * @param projectId the project it belongs to
 * @param name display name, 1 to 200 characters; runs of one suite may share it
 * @param description free text, at most 4,000 characters, or null
 * @param type what is judged
 * @param configuration a JSON object of at most 256 KiB: evaluator, thresholds, sampling
 * @param datasetId the data set's id in the system that keeps it, at most 200 characters, or null
 * @param promptId the prompt under test, or null
 * @param promptVersionId the version under test, one of that prompt's, or null
 * @param modelId the model under test, or null
 * @param createdBy the user who makes it, or null
 */
public record NewEvaluation(
        UUID projectId,
        String name,
        @Nullable String description,
        EvaluationType type,
        Json configuration,
        @Nullable String datasetId,
        @Nullable UUID promptId,
        @Nullable UUID promptVersionId,
        @Nullable UUID modelId,
        @Nullable UUID createdBy) {
    /** Checks what the database would not name. */
    public NewEvaluation {
        Check.present("project_id", projectId);
        Check.text("name", name);
        Check.optionalText("description", description);
        Check.present("type", type);
        Check.document("configuration", configuration);
        Check.optionalText("dataset_id", datasetId);
    }

    /** An evaluation with nothing but a name and a type. */
    public static NewEvaluation named(UUID projectId, String name, EvaluationType type) {
        return new NewEvaluation(projectId, name, null, type, Json.emptyObject(), null, null, null, null, null);
    }

    /** The same with a description. */
    public NewEvaluation withDescription(String text) {
        return new NewEvaluation(
                projectId, name, text, type, configuration, datasetId, promptId, promptVersionId, modelId, createdBy);
    }

    /** The same with a configuration. */
    public NewEvaluation withConfiguration(Json object) {
        return new NewEvaluation(
                projectId, name, description, type, object, datasetId, promptId, promptVersionId, modelId, createdBy);
    }

    /** The same over a data set. */
    public NewEvaluation withDatasetId(String id) {
        return new NewEvaluation(
                projectId, name, description, type, configuration, id, promptId, promptVersionId, modelId, createdBy);
    }

    /** The same of a prompt in one of its versions. */
    public NewEvaluation withPrompt(UUID prompt, UUID version) {
        return new NewEvaluation(
                projectId, name, description, type, configuration, datasetId, prompt, version, modelId, createdBy);
    }

    /** The same of a model. */
    public NewEvaluation withModel(UUID model) {
        return new NewEvaluation(
                projectId,
                name,
                description,
                type,
                configuration,
                datasetId,
                promptId,
                promptVersionId,
                model,
                createdBy);
    }

    /** The same, made by a user. */
    public NewEvaluation withCreatedBy(UUID user) {
        return new NewEvaluation(
                projectId, name, description, type, configuration, datasetId, promptId, promptVersionId, modelId, user);
    }
}
