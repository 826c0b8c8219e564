package io.promptforge.dao.evaluator;

import io.promptforge.dao.evaluation.ScoreScale;
import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.json.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of an evaluator to be created. Immutable and thread-safe; null for an optional field means that it has no value. A value
 * that is not accepted is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by
 * the database.
 */
public final class NewEvaluatorVersion extends Input<NewEvaluatorVersion> {
    private static final NewEvaluatorVersion NONE = new NewEvaluatorVersion(ColumnValues.none());

    private final ColumnValues values;

    private NewEvaluatorVersion(ColumnValues values) {
        super(values);
        this.values = values;
    }

    /** A version without configuration, criteria and prompts. */
    public static NewEvaluatorVersion none() {
        return NONE;
    }

    /** Sets the JSON Schema of its configuration, an object of at most 256 KiB. */
    public NewEvaluatorVersion configurationSchema(Json object) {
        return with("configuration_schema", Check.present("configuration_schema", object));
    }

    /** Sets the configuration where an evaluation sets none, a JSON object of at most 256 KiB. */
    public NewEvaluatorVersion configurationDefaults(Json object) {
        return with("configuration_defaults", Check.present("configuration_defaults", object));
    }

    /** Sets what it judges by, in words, at most 100,000 characters. */
    public NewEvaluatorVersion criteria(@Nullable String text) {
        return with("criteria", Check.optionalText("criteria", text));
    }

    /** Sets the model that judges, by its name, such as {@code openai/gpt-4o}, 1 to 200 characters. */
    public NewEvaluatorVersion judgeModel(@Nullable String name) {
        return with("judge_model", Check.optionalText("judge_model", name));
    }

    /** Sets its prompts by their names, a JSON object of at most 1 MiB. */
    public NewEvaluatorVersion prompts(Json object) {
        return with("prompts", Check.present("prompts", object));
    }

    /** Sets the scale of its main score. */
    public NewEvaluatorVersion scale(@Nullable ScoreScale scale) {
        return with("scale", scale == null ? null : scale.toJson());
    }

    /** Sets the user who creates it. */
    public NewEvaluatorVersion createdBy(@Nullable UUID user) {
        return with("created_by", user);
    }

    private NewEvaluatorVersion with(String column, @Nullable Object value) {
        return new NewEvaluatorVersion(values.withOptional(column, value));
    }

    ColumnValues values() {
        return values;
    }
}
