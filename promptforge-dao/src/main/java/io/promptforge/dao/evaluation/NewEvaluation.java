package io.promptforge.dao.evaluation;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.EvaluationType;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation to be created; its status is {@code PENDING}. Immutable and thread-safe; null for an optional field means that it
 * has no value. A value that is not accepted is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the
 * method that sets it, or by the database.
 */
public final class NewEvaluation extends Input<NewEvaluation> {
    /** The name of the main score among the scales. */
    static final String MAIN_SCORE = "score";

    private static final int LONGEST_METRIC = 200;

    private final ColumnValues values;

    private NewEvaluation(ColumnValues values) {
        super(values);
        this.values = values;
    }

    /**
     * An evaluation with an empty configuration.
     *
     * @param projectId the project it belongs to
     * @param name display name, 1 to 200 characters; runs of one suite may share it
     * @param type the quality that is judged
     */
    public static NewEvaluation of(UUID projectId, String name, EvaluationType type) {
        return new NewEvaluation(ColumnValues.none()
                .with("project_id", Check.present("project_id", projectId))
                .with("name", Check.text("name", name))
                .with("type", Check.present("type", type)));
    }

    /** Sets the description, at most 4,000 characters. */
    public NewEvaluation description(@Nullable String text) {
        return with("description", Check.optionalText("description", text));
    }

    /** Sets the configuration, a JSON object of at most 256 KiB: evaluator, thresholds, sampling. */
    public NewEvaluation configuration(Json object) {
        return with("configuration", Check.present("configuration", object));
    }

    /**
     * Sets the scale of the main score, 0 to 5 for example; results with a score outside of it are refused. Without one, any number
     * is accepted, and higher ones are better.
     *
     * @throws InvalidValueException if the scale has labels, since the main score is a number
     */
    public NewEvaluation scale(ScoreScale scale) {
        return scale(MAIN_SCORE, scale);
    }

    /** Sets the scale of a metric of further scores, 1 to 200 characters; {@code score} is the main one. All scales: 64 KiB. */
    public NewEvaluation scale(String metric, ScoreScale scale) {
        String name = Check.text("scales", metric, LONGEST_METRIC);
        if (Check.present("scales", scale).kind() == ScoreScale.Kind.LABEL && name.equals(MAIN_SCORE)) {
            throw new InvalidValueException(
                    "scales",
                    "The scale of the main score has labels.",
                    "Give one of numbers, or one of yes and no.",
                    null);
        }
        Map<Object, Object> scales = new TreeMap<>();
        Json present = values.get("scales");
        if (present != null && present.toJava() instanceof Map<?, ?> members) {
            scales.putAll(members);
        }
        scales.put(name, scale.toJson());
        return with("scales", Json.of(scales));
    }

    /** Sets the id of the data set in the system that keeps it, 1 to 200 characters. */
    public NewEvaluation datasetId(@Nullable String id) {
        return with("dataset_id", Check.optionalText("dataset_id", id));
    }

    /** Sets the prompt under test. */
    public NewEvaluation promptId(@Nullable UUID prompt) {
        return with("prompt_id", prompt);
    }

    /** Sets the prompt version under test; needs {@link #promptId}, the prompt that the version belongs to. */
    public NewEvaluation promptVersionId(@Nullable UUID version) {
        return with("prompt_version_id", version);
    }

    /** Sets the model under test. */
    public NewEvaluation modelId(@Nullable UUID model) {
        return with("model_id", model);
    }

    /** Sets the user who creates it. */
    public NewEvaluation createdBy(@Nullable UUID user) {
        return with("created_by", user);
    }

    private NewEvaluation with(String column, @Nullable Object value) {
        return new NewEvaluation(values.withOptional(column, value));
    }

    ColumnValues values() {
        return values;
    }
}
