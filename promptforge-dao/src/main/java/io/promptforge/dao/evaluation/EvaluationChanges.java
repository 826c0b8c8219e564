package io.promptforge.dao.evaluation;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.LegacyChanges;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An edit of an evaluation: what is not named stays as it is. Immutable. */
public final class EvaluationChanges {
    private static final EvaluationChanges NONE = new EvaluationChanges(LegacyChanges.none());

    private final LegacyChanges changes;

    private EvaluationChanges(LegacyChanges changes) {
        this.changes = changes;
    }

    /** No change. */
    public static EvaluationChanges none() {
        return NONE;
    }

    /** The same with another display name, 1 to 200 characters. */
    public EvaluationChanges name(String name) {
        return new EvaluationChanges(changes.set("name", Check.text("name", name)));
    }

    /** The same with another free text of at most 4,000 characters; null clears it. */
    public EvaluationChanges description(@Nullable String text) {
        return new EvaluationChanges(changes.set("description", Check.optionalText("description", text)));
    }

    /**
     * The same, but only while nobody has changed the evaluation since it was read. Every batch of results changes it.
     *
     * @param updatedAt the {@link Evaluation#updatedAt()} that was read
     */
    public EvaluationChanges ifUnchangedSince(Instant updatedAt) {
        return new EvaluationChanges(changes.expecting("updated_at", Check.instant("updated_at", updatedAt)));
    }

    LegacyChanges asChanges() {
        return changes;
    }

    /** The names of the fields, without the values. */
    @Override
    public String toString() {
        return changes.toString();
    }
}
