package io.promptforge.dao.model;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ProviderType;
import org.jspecify.annotations.Nullable;

/**
 * A model provider to be made.
 *
 * @param name display name, unique in the organization, 1 to 200 characters
 * @param type whose API it speaks
 * @param description free text, at most 4,000 characters, or null
 * @param baseUrl root of the API (http or https), at most 2,000 characters; null means the type's usual one
 * @param configuration a JSON object of at most 64 KiB, never secrets
 * @param isDefault whether it is used where none is named; at most one is
 */
public record NewModelProvider(
        String name,
        ProviderType type,
        @Nullable String description,
        @Nullable String baseUrl,
        Json configuration,
        boolean isDefault) {
    /** Checks what the database would not name. */
    public NewModelProvider {
        Check.text("name", name);
        Check.present("type", type);
        Check.optionalText("description", description);
        Check.optionalText("base_url", baseUrl);
        Check.document("configuration", configuration);
    }

    /** A provider with nothing but a name and a type. */
    public static NewModelProvider named(String name, ProviderType type) {
        return new NewModelProvider(name, type, null, null, Json.emptyObject(), false);
    }

    /** The same with a description. */
    public NewModelProvider withDescription(String text) {
        return new NewModelProvider(name, type, text, baseUrl, configuration, isDefault);
    }

    /** The same at another address. */
    public NewModelProvider withBaseUrl(String url) {
        return new NewModelProvider(name, type, description, url, configuration, isDefault);
    }

    /** The same with further settings. */
    public NewModelProvider withConfiguration(Json object) {
        return new NewModelProvider(name, type, description, baseUrl, object, isDefault);
    }

    /** The same as the one used where none is named. */
    public NewModelProvider asDefault() {
        return new NewModelProvider(name, type, description, baseUrl, configuration, true);
    }
}
