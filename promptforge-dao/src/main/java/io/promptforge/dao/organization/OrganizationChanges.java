package io.promptforge.dao.organization;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.LegacyChanges;
import io.promptforge.dao.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be changed of an organization; what is not named stays. Immutable. */
public final class OrganizationChanges {
    private final LegacyChanges changes;

    private OrganizationChanges(LegacyChanges changes) {
        this.changes = changes;
    }

    /** No change. */
    public static OrganizationChanges none() {
        return new OrganizationChanges(LegacyChanges.none());
    }

    /** Another display name. */
    public OrganizationChanges name(String name) {
        return new OrganizationChanges(changes.set("name", Check.text("name", name)));
    }

    /** Another name for URLs. */
    public OrganizationChanges slug(String slug) {
        return new OrganizationChanges(changes.set("slug", Check.text("slug", slug)));
    }

    /** Another description; null for none. */
    public OrganizationChanges description(@Nullable String text) {
        return new OrganizationChanges(changes.set("description", Check.optionalText("description", text)));
    }

    /** Other settings: a JSON object, which takes the place of the present one. */
    public OrganizationChanges settings(Json object) {
        return new OrganizationChanges(changes.set("settings", Check.document("settings", object)));
    }

    /** Keep traces for another number of days, where their project does not say; null for ever. */
    public OrganizationChanges traceRetentionDays(@Nullable Integer days) {
        return new OrganizationChanges(changes.set("trace_retention_days", days));
    }

    /** Only if nobody has changed it since: {@link Organization#updatedAt()} of the state that was read. */
    public OrganizationChanges ifUnchangedSince(Instant updatedAt) {
        return new OrganizationChanges(changes.expecting("updated_at", Check.instant("updated_at", updatedAt)));
    }

    LegacyChanges changes() {
        return changes;
    }

    @Override
    public String toString() {
        return changes.toString();
    }
}
