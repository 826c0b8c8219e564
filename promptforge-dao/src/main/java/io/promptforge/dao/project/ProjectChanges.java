package io.promptforge.dao.project;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.Changes;
import io.promptforge.schema.type.ProjectStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An edit of a project: sets the fields that are named, and keeps all others. Immutable and thread-safe. */
public final class ProjectChanges extends Input<ProjectChanges> {
    private static final ProjectChanges NONE = new ProjectChanges(Changes.none());

    private final Changes changes;

    private ProjectChanges(Changes changes) {
        super(changes);
        this.changes = changes;
    }

    /** Changes nothing. */
    public static ProjectChanges none() {
        return NONE;
    }

    /** Sets the name, 1 to 200 characters, unique in the organization. */
    public ProjectChanges name(String name) {
        return set("name", Check.text("name", name));
    }

    /** Sets the description, at most 4,000 characters; null removes it. */
    public ProjectChanges description(@Nullable String text) {
        return set("description", Check.optionalText("description", text));
    }

    /** Sets the status. */
    public ProjectChanges status(ProjectStatus status) {
        return set("status", Check.present("status", status));
    }

    /** Sets for how many days traces are kept, 1 to 36,500; null for as many as the organization says. */
    public ProjectChanges traceRetentionDays(@Nullable Integer days) {
        return set("trace_retention_days", days);
    }

    /** Refuses the edit if the project was changed after this {@link Project#updatedAt()}. */
    public ProjectChanges ifUnchangedSince(Instant updatedAt) {
        return new ProjectChanges(changes.ifUnchangedSince(Check.instant("updated_at", updatedAt)));
    }

    private ProjectChanges set(String column, @Nullable Object value) {
        return new ProjectChanges(changes.set(column, value));
    }

    Changes changes() {
        return changes;
    }
}
