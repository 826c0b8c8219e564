package io.promptforge.dao.organization;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * An organization to be made.
 *
 * @param name display name, unique over the platform, 1 to 200 characters
 * @param slug name for URLs, unique over the platform: lower-case letters, digits and single hyphens, at most 63
 * @param description free text, at most 4,000 characters, or null
 * @param settings a JSON object of at most 64 KiB
 * @param traceRetentionDays how many days traces are kept from their start, where their project does not say, 1 to 36,500;
 *     null: for ever
 */
public record NewOrganization(
        String name,
        String slug,
        @Nullable String description,
        Json settings,
        @Nullable Integer traceRetentionDays) {
    /** Checks what the database would not name. */
    public NewOrganization {
        Check.text("name", name);
        Check.text("slug", slug);
        Check.optionalText("description", description);
        Check.document("settings", settings);
    }

    /** An organization with nothing but its names. */
    public static NewOrganization of(String name, String slug) {
        return new NewOrganization(name, slug, null, Json.emptyObject(), null);
    }

    /** The same with a description. */
    public NewOrganization withDescription(String text) {
        return new NewOrganization(name, slug, text, settings, traceRetentionDays);
    }

    /** The same with settings. */
    public NewOrganization withSettings(Json object) {
        return new NewOrganization(name, slug, description, object, traceRetentionDays);
    }

    /** The same with traces kept for so many days, where their project does not say. */
    public NewOrganization withTraceRetentionDays(int days) {
        return new NewOrganization(name, slug, description, settings, days);
    }
}
