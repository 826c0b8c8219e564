package io.promptforge.dao.prompt;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.Changes;
import io.promptforge.schema.type.PromptStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An edit of a prompt: sets the fields that are named, and keeps all others. Immutable and thread-safe. */
public final class PromptChanges extends Input<PromptChanges> {
    private static final PromptChanges NONE = new PromptChanges(Changes.none());

    private final Changes changes;

    private PromptChanges(Changes changes) {
        super(changes);
        this.changes = changes;
    }

    /** Changes nothing. */
    public static PromptChanges none() {
        return NONE;
    }

    /** Sets the name, 1 to 200 characters, unique in the project. Applications that ask for the old name find nothing. */
    public PromptChanges name(String name) {
        return set("name", Check.text("name", name));
    }

    /** Sets the description, at most 4,000 characters; null removes it. */
    public PromptChanges description(@Nullable String text) {
        return set("description", Check.optionalText("description", text));
    }

    /** Sets the category, 1 to 100 characters; null removes it. */
    public PromptChanges category(@Nullable String word) {
        return set("category", Check.optionalText("category", word));
    }

    /** Sets the status; any status may follow any other. */
    public PromptChanges status(PromptStatus status) {
        return set("status", Check.present("status", status));
    }

    /** Refuses the edit if the prompt was changed or committed to after this {@link Prompt#updatedAt()}. */
    public PromptChanges ifUnchangedSince(Instant updatedAt) {
        return new PromptChanges(changes.ifUnchangedSince(Check.instant("updated_at", updatedAt)));
    }

    private PromptChanges set(String column, @Nullable Object value) {
        return new PromptChanges(changes.set(column, value));
    }

    Changes changes() {
        return changes;
    }
}
