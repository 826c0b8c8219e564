package io.promptforge.dao.evaluation;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.Changes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An edit of an evaluation: sets the fields that are named, and keeps all others. Immutable and thread-safe. */
public final class EvaluationChanges extends Input<EvaluationChanges> {
    private static final EvaluationChanges NONE = new EvaluationChanges(Changes.none());

    private final Changes changes;

    private EvaluationChanges(Changes changes) {
        super(changes);
        this.changes = changes;
    }

    /** Changes nothing. */
    public static EvaluationChanges none() {
        return NONE;
    }

    /** Sets the name, 1 to 200 characters. */
    public EvaluationChanges name(String name) {
        return set("name", Check.text("name", name));
    }

    /** Sets the description, at most 4,000 characters; null removes it. */
    public EvaluationChanges description(@Nullable String text) {
        return set("description", Check.optionalText("description", text));
    }

    /**
     * Refuses the edit if the evaluation was changed after this {@link Evaluation#updatedAt()}. Every change of its status and every
     * batch of results changes it.
     */
    public EvaluationChanges ifUnchangedSince(Instant updatedAt) {
        return new EvaluationChanges(changes.ifUnchangedSince(Check.instant("updated_at", updatedAt)));
    }

    private EvaluationChanges set(String column, @Nullable Object value) {
        return new EvaluationChanges(changes.set(column, value));
    }

    Changes changes() {
        return changes;
    }
}
