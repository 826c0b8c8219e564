package io.promptforge.dao.model;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.LegacyChanges;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ProviderType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An edit of a model provider: what is not named stays as it is. Immutable.
 *
 * <pre>{@code ModelProviderChanges.none().name("OpenAI, Europe").baseUrl("https://eu.api.openai.com/v1")}</pre>
 */
public final class ModelProviderChanges {
    private static final ModelProviderChanges NONE = new ModelProviderChanges(LegacyChanges.none());

    private final LegacyChanges changes;

    private ModelProviderChanges(LegacyChanges changes) {
        this.changes = changes;
    }

    /** No change. */
    public static ModelProviderChanges none() {
        return NONE;
    }

    /** Another display name, unique in the organization, 1 to 200 characters. */
    public ModelProviderChanges name(String name) {
        return with("name", Check.text("name", name));
    }

    /** Another API that it speaks. */
    public ModelProviderChanges type(ProviderType type) {
        return with("type", Check.present("type", type));
    }

    /** Another description, at most 4,000 characters; null for none. */
    public ModelProviderChanges description(@Nullable String description) {
        return with("description", Check.optionalText("description", description));
    }

    /** Another root of the API (http or https), at most 2,000 characters; null for the type's usual one. */
    public ModelProviderChanges baseUrl(@Nullable String baseUrl) {
        return with("base_url", Check.optionalText("base_url", baseUrl));
    }

    /** Other further settings: a JSON object of at most 64 KiB, never secrets. */
    public ModelProviderChanges configuration(Json configuration) {
        return with("configuration", Check.document("configuration", configuration));
    }

    /** Whether it is offered. One that no longer is, is no longer the default either. */
    public ModelProviderChanges active(boolean active) {
        return with("active", active);
    }

    /** The same, but only if the provider was last changed at this time, as {@link ModelProvider#updatedAt} told. */
    public ModelProviderChanges ifUnchangedSince(Instant updatedAt) {
        return new ModelProviderChanges(changes.expecting("updated_at", Check.instant("updated_at", updatedAt)));
    }

    /** The columns to set. */
    LegacyChanges changes() {
        return changes;
    }

    private ModelProviderChanges with(String column, @Nullable Object value) {
        return new ModelProviderChanges(changes.set(column, value));
    }

    /** What is changed, without the values. */
    @Override
    public String toString() {
        return changes.toString();
    }
}
