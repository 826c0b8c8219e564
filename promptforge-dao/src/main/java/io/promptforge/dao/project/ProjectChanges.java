package io.promptforge.dao.project;

import io.promptforge.dao.internal.write.Changes;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.schema.type.ProjectStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be changed of a project; what is not named stays. Immutable. */
public final class ProjectChanges {
    private final Changes changes;

    private ProjectChanges(Changes changes) {
        this.changes = changes;
    }

    /** No change. */
    public static ProjectChanges none() {
        return new ProjectChanges(Changes.none());
    }

    /** Another name. */
    public ProjectChanges name(String name) {
        return new ProjectChanges(changes.set("name", Check.text("name", name)));
    }

    /** Another description; null for none. */
    public ProjectChanges description(@Nullable String text) {
        return new ProjectChanges(changes.set("description", Check.optionalText("description", text)));
    }

    /** Another status. */
    public ProjectChanges status(ProjectStatus status) {
        return new ProjectChanges(changes.set("status", Check.present("status", status)));
    }

    /** Keep its traces for another number of days; null for as many as the organization says. */
    public ProjectChanges traceRetentionDays(@Nullable Integer days) {
        return new ProjectChanges(changes.set("trace_retention_days", days));
    }

    /** Only if nobody has changed it since: {@link Project#updatedAt()} of the state that was read. */
    public ProjectChanges ifUnchangedSince(Instant updatedAt) {
        return new ProjectChanges(changes.expecting("updated_at", Check.instant("updated_at", updatedAt)));
    }

    Changes changes() {
        return changes;
    }

    @Override
    public String toString() {
        return changes.toString();
    }
}
