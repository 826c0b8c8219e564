package io.promptforge.dao.model;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.LegacyChanges;
import io.promptforge.dao.json.Json;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An edit of a model: what is not named stays as it is. Immutable. A model stays with its provider, and keeps the name
 * that the provider's API takes.
 *
 * <pre>{@code AiModelChanges.none().name("GPT-4 (ours)").prices(ModelPrices.perMillion("8", "24"))}</pre>
 */
public final class AiModelChanges {
    private static final AiModelChanges NONE = new AiModelChanges(LegacyChanges.none());

    private final LegacyChanges changes;

    private AiModelChanges(LegacyChanges changes) {
        this.changes = changes;
    }

    /** No change. */
    public static AiModelChanges none() {
        return NONE;
    }

    /** Another display name, 1 to 200 characters. */
    public AiModelChanges name(String name) {
        return with("name", Check.text("name", name));
    }

    /** Another description, at most 4,000 characters; null for none. */
    public AiModelChanges description(@Nullable String description) {
        return with("description", Check.optionalText("description", description));
    }

    /** These capabilities and no others. */
    public AiModelChanges capabilities(Set<ModelCapability> capabilities) {
        Check.present("capabilities", capabilities).forEach(capability -> Check.present("capabilities", capability));
        return with("supports_streaming", capabilities.contains(ModelCapability.STREAMING))
                .with("supports_function_calling", capabilities.contains(ModelCapability.FUNCTION_CALLING))
                .with("supports_vision", capabilities.contains(ModelCapability.VISION));
    }

    /** Another context length in tokens, at least 1; null when it is unknown. */
    public AiModelChanges contextLength(@Nullable Integer tokens) {
        return with("context_length", tokens);
    }

    /** These prices; one that is empty is unknown from now on. */
    public AiModelChanges prices(ModelPrices prices) {
        Check.present("prices", prices);
        return with("input_price_per_million", prices.input().orElse(null))
                .with("output_price_per_million", prices.output().orElse(null))
                .with("cached_input_price_per_million", prices.cachedInput().orElse(null));
    }

    /** Other default parameters: a JSON object of at most 64 KiB. */
    public AiModelChanges defaultParameters(Json defaultParameters) {
        return with("default_parameters", Check.document("default_parameters", defaultParameters));
    }

    /** Whether it is offered for new work. */
    public AiModelChanges active(boolean active) {
        return with("active", active);
    }

    /** Whether the provider has announced its end. */
    public AiModelChanges deprecated(boolean deprecated) {
        return with("deprecated", deprecated);
    }

    /** The same, but only if the model was last changed at this time, as {@link AiModel#updatedAt} told. */
    public AiModelChanges ifUnchangedSince(Instant updatedAt) {
        return new AiModelChanges(changes.expecting("updated_at", Check.instant("updated_at", updatedAt)));
    }

    /** The columns to set. */
    LegacyChanges changes() {
        return changes;
    }

    private AiModelChanges with(String column, @Nullable Object value) {
        return new AiModelChanges(changes.set(column, value));
    }

    /** What is changed, without the values. */
    @Override
    public String toString() {
        return changes.toString();
    }
}
