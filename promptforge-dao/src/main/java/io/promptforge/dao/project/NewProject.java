package io.promptforge.dao.project;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.schema.type.ProjectStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A project to be made.
 *
 * @param name display name, unique in the organization, 1 to 200 characters
 * @param description free text, at most 4,000 characters, or null
 * @param status where it stands
 * @param traceRetentionDays how many days its traces are kept from their start, 1 to 36,500; null: as the organization
 *     says
 * @param createdBy the user who makes it, or null
 */
public record NewProject(
        String name,
        @Nullable String description,
        ProjectStatus status,
        @Nullable Integer traceRetentionDays,
        @Nullable UUID createdBy) {
    /** Checks what the database would not name. */
    public NewProject {
        Check.text("name", name);
        Check.optionalText("description", description);
        Check.present("status", status);
    }

    /** A draft with nothing but a name. */
    public static NewProject named(String name) {
        return new NewProject(name, null, ProjectStatus.DRAFT, null, null);
    }

    /** The same with a description. */
    public NewProject withDescription(String text) {
        return new NewProject(name, text, status, traceRetentionDays, createdBy);
    }

    /** The same in another status. */
    public NewProject withStatus(ProjectStatus other) {
        return new NewProject(name, description, other, traceRetentionDays, createdBy);
    }

    /** The same with traces kept for so many days. */
    public NewProject withTraceRetentionDays(int days) {
        return new NewProject(name, description, status, days, createdBy);
    }

    /** The same, made by a user. */
    public NewProject withCreatedBy(UUID user) {
        return new NewProject(name, description, status, traceRetentionDays, user);
    }
}
