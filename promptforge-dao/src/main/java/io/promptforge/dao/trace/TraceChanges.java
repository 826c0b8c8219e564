package io.promptforge.dao.trace;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.Changes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An edit of a trace by a person: sets the fields that are named, and keeps all others. Records that come later do not change what
 * was set. Immutable and thread-safe.
 */
public final class TraceChanges extends Input<TraceChanges> {
    private static final TraceChanges NONE = new TraceChanges(Changes.none());

    private final Changes changes;

    private TraceChanges(Changes changes) {
        super(changes);
        this.changes = changes;
    }

    /** Changes nothing. */
    public static TraceChanges none() {
        return NONE;
    }

    /** Sets the name, 1 to 200 characters. */
    public TraceChanges name(String name) {
        return set("name", Check.text("name", name));
    }

    /** Sets the tags, none of them blank, at most 4 KiB together; replaces all tags that the trace has. */
    public TraceChanges tags(List<String> labels) {
        return set("tags", TraceTags.of(labels));
    }

    /**
     * Refuses the edit if the trace was changed after this {@link Trace#updatedAt()}: by another edit, or by records, also of its
     * spans.
     */
    public TraceChanges ifUnchangedSince(Instant updatedAt) {
        return new TraceChanges(changes.ifUnchangedSince(Check.instant("updated_at", updatedAt)));
    }

    private TraceChanges set(String column, @Nullable Object value) {
        return new TraceChanges(changes.set(column, value));
    }

    Changes changes() {
        return changes;
    }
}
