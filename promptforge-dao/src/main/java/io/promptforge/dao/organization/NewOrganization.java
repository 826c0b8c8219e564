package io.promptforge.dao.organization;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * An organization to be created. Immutable and thread-safe; null for an optional field means that it has no value. A value that
 * is not accepted is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by
 * the database.
 */
public final class NewOrganization extends Input<NewOrganization> {
    private final ColumnValues values;

    private NewOrganization(ColumnValues values) {
        super(values);
        this.values = values;
    }

    /**
     * An organization without settings that keeps traces for ever.
     *
     * @param name the display name, unique over the platform, 1 to 200 characters
     * @param slug the name for URLs, unique over the platform: lower-case letters, digits and single hyphens, at most 63
     *     characters
     */
    public static NewOrganization of(String name, String slug) {
        return new NewOrganization(
                ColumnValues.none().with("name", Check.text("name", name)).with("slug", Check.text("slug", slug)));
    }

    /** Sets the description, at most 4,000 characters. */
    public NewOrganization description(@Nullable String text) {
        return with("description", Check.optionalText("description", text));
    }

    /** Sets the preferences, a JSON object of at most 64 KiB. */
    public NewOrganization settings(Json object) {
        return with("settings", Check.present("settings", object));
    }

    /**
     * Sets for how many days traces are kept from their start, where their project does not say, 1 to 36,500; null, the
     * default, for ever.
     */
    public NewOrganization traceRetentionDays(@Nullable Integer days) {
        return with("trace_retention_days", days);
    }

    private NewOrganization with(String column, @Nullable Object value) {
        return new NewOrganization(values.withOptional(column, value));
    }

    ColumnValues values() {
        return values;
    }
}
