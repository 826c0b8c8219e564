package io.promptforge.dao.evaluator;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.Changes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An edit of an evaluator: sets the fields that are named, and keeps all others. Immutable and thread-safe. */
public final class EvaluatorChanges extends Input<EvaluatorChanges> {
    private static final EvaluatorChanges NONE = new EvaluatorChanges(Changes.none());

    private final Changes changes;

    private EvaluatorChanges(Changes changes) {
        super(changes);
        this.changes = changes;
    }

    /** Changes nothing. */
    public static EvaluatorChanges none() {
        return NONE;
    }

    /** Sets the name, unique in the organization, 1 to 200 characters. */
    public EvaluatorChanges name(String name) {
        return set("name", Check.text("name", name));
    }

    /** Sets the description, at most 4,000 characters; null removes it. */
    public EvaluatorChanges description(@Nullable String text) {
        return set("description", Check.optionalText("description", text));
    }

    /** Sets the category, 1 to 100 characters. */
    public EvaluatorChanges category(String category) {
        return set("category", Check.text("category", category));
    }

    /** Sets the tags, at most 50, none of them blank; they are kept once each, sorted. */
    public EvaluatorChanges tags(List<String> labels) {
        return set("tags", EvaluatorRows.tags(labels));
    }

    /** Sets whether it is offered for new evaluations. */
    public EvaluatorChanges active(boolean active) {
        return set("active", active);
    }

    /** Refuses the edit if the evaluator was changed after this {@link Evaluator#updatedAt()}. Every new version changes it. */
    public EvaluatorChanges ifUnchangedSince(Instant updatedAt) {
        return new EvaluatorChanges(changes.ifUnchangedSince(Check.instant("updated_at", updatedAt)));
    }

    private EvaluatorChanges set(String column, @Nullable Object value) {
        return new EvaluatorChanges(changes.set(column, value));
    }

    Changes changes() {
        return changes;
    }
}
