package io.promptforge.dao.evaluator;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.schema.type.EvaluatorKind;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An evaluator to be created. Immutable and thread-safe; null for an optional field means that it has no value. A value that is not
 * accepted is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by the
 * database.
 */
public final class NewEvaluator extends Input<NewEvaluator> {
    private final ColumnValues values;

    private NewEvaluator(ColumnValues values) {
        super(values);
        this.values = values;
    }

    /**
     * An active evaluator without tags.
     *
     * @param name display name, unique in the organization, 1 to 200 characters
     * @param category what it judges, such as {@code quality} or {@code safety}, 1 to 100 characters
     * @param kind what it is
     */
    public static NewEvaluator of(String name, String category, EvaluatorKind kind) {
        return new NewEvaluator(ColumnValues.none()
                .with("name", Check.text("name", name))
                .with("category", Check.text("category", category))
                .with("kind", Check.present("kind", kind)));
    }

    /** Sets the description, at most 4,000 characters. */
    public NewEvaluator description(@Nullable String text) {
        return with("description", Check.optionalText("description", text));
    }

    /** Sets the tags, at most 50, none of them blank; they are kept once each, sorted. */
    public NewEvaluator tags(List<String> labels) {
        return with("tags", EvaluatorRows.tags(labels));
    }

    /** Sets whether it is offered for new evaluations; true by default. */
    public NewEvaluator active(boolean active) {
        return with("active", active);
    }

    /** Sets the user who creates it. */
    public NewEvaluator createdBy(@Nullable UUID user) {
        return with("created_by", user);
    }

    private NewEvaluator with(String column, @Nullable Object value) {
        return new NewEvaluator(values.withOptional(column, value));
    }

    ColumnValues values() {
        return values;
    }
}
