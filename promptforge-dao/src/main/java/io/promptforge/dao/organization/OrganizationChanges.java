package io.promptforge.dao.organization;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.Changes;
import io.promptforge.dao.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An edit of an organization: sets the fields that are named, and keeps all others. Immutable and thread-safe. */
public final class OrganizationChanges extends Input<OrganizationChanges> {
    private static final OrganizationChanges NONE = new OrganizationChanges(Changes.none());

    private final Changes changes;

    private OrganizationChanges(Changes changes) {
        super(changes);
        this.changes = changes;
    }

    /** Changes nothing. */
    public static OrganizationChanges none() {
        return NONE;
    }

    /** Sets the display name, 1 to 200 characters, unique over the platform. */
    public OrganizationChanges name(String name) {
        return set("name", Check.text("name", name));
    }

    /** Sets the name for URLs, unique over the platform: lower-case letters, digits and single hyphens, at most 63 characters. */
    public OrganizationChanges slug(String slug) {
        return set("slug", Check.text("slug", slug));
    }

    /** Sets the description, at most 4,000 characters; null removes it. */
    public OrganizationChanges description(@Nullable String text) {
        return set("description", Check.optionalText("description", text));
    }

    /** Sets the preferences, a JSON object of at most 64 KiB; replaces all that were set before. */
    public OrganizationChanges settings(Json object) {
        return set("settings", Check.present("settings", object));
    }

    /** Sets for how many days traces are kept, where their project does not say, 1 to 36,500; null for ever. */
    public OrganizationChanges traceRetentionDays(@Nullable Integer days) {
        return set("trace_retention_days", days);
    }

    /** Refuses the edit if the organization was changed after this {@link Organization#updatedAt()}. */
    public OrganizationChanges ifUnchangedSince(Instant updatedAt) {
        return new OrganizationChanges(changes.ifUnchangedSince(Check.instant("updated_at", updatedAt)));
    }

    private OrganizationChanges set(String column, @Nullable Object value) {
        return new OrganizationChanges(changes.set(column, value));
    }

    Changes changes() {
        return changes;
    }
}
