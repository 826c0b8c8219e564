package io.promptforge.dao.evaluation;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A score of a result beside its main one, to be stored. Immutable and thread-safe; null for an optional field means that it has no
 * value. A value that is not accepted is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that
 * sets it; the scale that the evaluation declares for the metric is checked when it is stored.
 */
public final class NewScore extends Input<NewScore> {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_LABEL = 500;
    private static final int LONGEST_COMMENT = 10_000;

    private final ColumnValues values;

    private NewScore(ColumnValues values) {
        super(values);
        this.values = values;
    }

    /**
     * A number.
     *
     * @param metric what is scored, 1 to 200 characters
     * @param value the number, -1e9 to 1e9, rounded half up to 6 decimals
     */
    public static NewScore of(String metric, BigDecimal value) {
        return of(metric).with("value", Check.present("value", ScoreScale.rounded("value", value)));
    }

    /** An answer to a question of yes or no, stored as 1 or 0; the metric has 1 to 200 characters. */
    public static NewScore yesOrNo(String metric, boolean answer) {
        return of(metric, answer ? BigDecimal.ONE : BigDecimal.ZERO);
    }

    /** A label of 1 to 500 characters; the metric has 1 to 200. */
    public static NewScore labelled(String metric, String label) {
        return of(metric).with("label", Check.text("label", label, LONGEST_LABEL));
    }

    private static NewScore of(String metric) {
        return new NewScore(ColumnValues.none().with("metric", Check.text("metric", metric, LONGEST_NAME)));
    }

    /** Sets why, 1 to 10,000 characters. */
    public NewScore comment(@Nullable String text) {
        return with("comment", text == null ? null : Check.text("comment", text, LONGEST_COMMENT));
    }

    /** Sets the kind of what gave it. */
    public NewScore source(@Nullable ScoreSource kind) {
        return with("source", kind);
    }

    /** Sets the person, model or program that gave it, 1 to 200 characters. */
    public NewScore givenBy(@Nullable String name) {
        return with("given_by", name == null ? null : Check.text("given_by", name, LONGEST_NAME));
    }

    private NewScore with(String field, @Nullable Object value) {
        return new NewScore(values.withOptional(field, value));
    }

    ColumnValues values() {
        return values;
    }
}
