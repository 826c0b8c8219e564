package io.promptforge.dao.model;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.Changes;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ProviderType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An edit of a model provider; a field without a call keeps its value. Immutable and thread-safe. A value that is not accepted is
 * refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by the database.
 *
 * <pre>{@code ModelProviderChanges.none().name("OpenAI, Europe").baseUrl("https://eu.api.openai.com/v1")}</pre>
 */
public final class ModelProviderChanges extends Input<ModelProviderChanges> {
    private static final ModelProviderChanges NONE = new ModelProviderChanges(Changes.none());

    private final Changes changes;

    private ModelProviderChanges(Changes changes) {
        super(changes);
        this.changes = changes;
    }

    /** Changes nothing. */
    public static ModelProviderChanges none() {
        return NONE;
    }

    /** Sets the display name, unique in the organization, 1 to 200 characters. */
    public ModelProviderChanges name(String name) {
        return set("name", Check.text("name", name));
    }

    /** Sets the API that it speaks. */
    public ModelProviderChanges type(ProviderType type) {
        return set("type", Check.present("type", type));
    }

    /** Sets the description, at most 4,000 characters; null removes it. */
    public ModelProviderChanges description(@Nullable String text) {
        return set("description", Check.optionalText("description", text));
    }

    /** Sets the root of the API (http or https), at most 2,000 characters; null for the usual one of the type. */
    public ModelProviderChanges baseUrl(@Nullable String url) {
        return set("base_url", Check.optionalText("base_url", url));
    }

    /** Sets further settings, a JSON object of at most 64 KiB, without secrets. */
    public ModelProviderChanges configuration(Json object) {
        return set("configuration", Check.present("configuration", object));
    }

    /** Sets whether it is offered; an inactive provider is not the default either. */
    public ModelProviderChanges active(boolean active) {
        ModelProviderChanges activity = set("active", active);
        return active ? activity : activity.set("is_default", false);
    }

    /** Refuses the edit if the provider was changed after this {@link ModelProvider#updatedAt()}. */
    public ModelProviderChanges ifUnchangedSince(Instant updatedAt) {
        return new ModelProviderChanges(changes.ifUnchangedSince(Check.instant("updated_at", updatedAt)));
    }

    private ModelProviderChanges set(String column, @Nullable Object value) {
        return new ModelProviderChanges(changes.set(column, value));
    }

    Changes changes() {
        return changes;
    }
}
