package io.promptforge.dao.model;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ProviderType;
import org.jspecify.annotations.Nullable;

/**
 * A model provider to be created. Immutable and thread-safe; null for an optional field means that it has no value. A value that
 * is not accepted is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by
 * the database.
 */
public final class NewModelProvider extends Input<NewModelProvider> {
    private final ColumnValues values;

    private NewModelProvider(ColumnValues values) {
        super(values);
        this.values = values;
    }

    /**
     * An active provider.
     *
     * @param name the display name, unique in the organization, 1 to 200 characters
     * @param type the API that it speaks
     */
    public static NewModelProvider of(String name, ProviderType type) {
        return new NewModelProvider(
                ColumnValues.none().with("name", Check.text("name", name)).with("type", Check.present("type", type)));
    }

    /** Sets the description, at most 4,000 characters. */
    public NewModelProvider description(@Nullable String text) {
        return with("description", Check.optionalText("description", text));
    }

    /** Sets the root of the API (http or https), at most 2,000 characters; null, the default, for the usual one of the type. */
    public NewModelProvider baseUrl(@Nullable String url) {
        return with("base_url", Check.optionalText("base_url", url));
    }

    /** Sets further settings, a JSON object of at most 64 KiB, without secrets. */
    public NewModelProvider configuration(Json object) {
        return with("configuration", Check.present("configuration", object));
    }

    /** Sets whether it is the default provider of the organization, which has at most one. */
    public NewModelProvider isDefault(boolean isDefault) {
        return with("is_default", isDefault);
    }

    private NewModelProvider with(String column, @Nullable Object value) {
        return new NewModelProvider(values.withOptional(column, value));
    }

    ColumnValues values() {
        return values;
    }

    boolean isDefault() {
        return Boolean.TRUE.equals(values.get("is_default"));
    }
}
