package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.LegacyChanges;
import io.promptforge.schema.type.PromptStatus;
import org.jspecify.annotations.Nullable;

/** What an edit of a prompt sets; what is not named stays as it is. Immutable. */
public final class PromptChanges {
    private static final PromptChanges NONE = new PromptChanges(LegacyChanges.none());

    private final LegacyChanges changes;

    private PromptChanges(LegacyChanges changes) {
        this.changes = changes;
    }

    /** No change. */
    public static PromptChanges none() {
        return NONE;
    }

    /** Another name, unique in the project, 1 to 200 characters. Applications that ask for the old one find nothing. */
    public PromptChanges name(String name) {
        return new PromptChanges(changes.set("name", Check.text("name", name)));
    }

    /** Another description, at most 4,000 characters, or null for none. */
    public PromptChanges description(@Nullable String text) {
        return new PromptChanges(changes.set("description", Check.optionalText("description", text)));
    }

    /** Another category, 1 to 100 characters, or null for none. */
    public PromptChanges category(@Nullable String word) {
        return new PromptChanges(changes.set("category", Check.optionalText("category", word)));
    }

    /** Another status; any may follow any. */
    public PromptChanges status(PromptStatus status) {
        return new PromptChanges(changes.set("status", Check.present("status", status)));
    }

    /** Only if nobody has edited the prompt since it had this {@link Prompt#lockVersion()}. */
    public PromptChanges ifLockVersion(int lockVersion) {
        return new PromptChanges(changes.expecting("lock_version", lockVersion));
    }

    LegacyChanges changes() {
        return changes;
    }

    /** The names of the fields, without their values. */
    @Override
    public String toString() {
        return changes.toString();
    }
}
