package io.promptforge.dao.model;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A model to be made.
 *
 * @param providerId the provider that runs it
 * @param name display name, 1 to 200 characters
 * @param providerModelId the name the provider's API takes, unique per provider, 1 to 200 characters
 * @param description free text, at most 4,000 characters, or null
 * @param capabilities what it can do beside answering in text
 * @param contextLength most tokens of input and output together, at least 1; null when unknown
 * @param prices what it costs
 * @param defaultParameters a JSON object of at most 64 KiB
 */
public record NewAiModel(
        UUID providerId,
        String name,
        String providerModelId,
        @Nullable String description,
        Set<ModelCapability> capabilities,
        @Nullable Integer contextLength,
        ModelPrices prices,
        Json defaultParameters) {
    /** Checks what the database would not name. */
    public NewAiModel {
        Check.present("provider_id", providerId);
        Check.text("name", name);
        Check.text("provider_model_id", providerModelId);
        Check.optionalText("description", description);
        Check.present("capabilities", capabilities).forEach(capability -> Check.present("capabilities", capability));
        capabilities = Set.copyOf(capabilities);
        Check.present("prices", prices);
        Check.document("default_parameters", defaultParameters);
    }

    /** A model with nothing but its names. */
    public static NewAiModel of(UUID providerId, String name, String providerModelId) {
        return new NewAiModel(
                providerId, name, providerModelId, null, Set.of(), null, ModelPrices.unknown(), Json.emptyObject());
    }

    /** The same with a description. */
    public NewAiModel withDescription(String text) {
        return new NewAiModel(
                providerId, name, providerModelId, text, capabilities, contextLength, prices, defaultParameters);
    }

    /** The same with these capabilities and no others. */
    public NewAiModel withCapabilities(ModelCapability... those) {
        return new NewAiModel(
                providerId,
                name,
                providerModelId,
                description,
                new HashSet<>(Arrays.asList(Check.present("capabilities", those))),
                contextLength,
                prices,
                defaultParameters);
    }

    /** The same with a context length. */
    public NewAiModel withContextLength(int tokens) {
        return new NewAiModel(
                providerId, name, providerModelId, description, capabilities, tokens, prices, defaultParameters);
    }

    /** The same with prices. */
    public NewAiModel withPrices(ModelPrices those) {
        return new NewAiModel(
                providerId, name, providerModelId, description, capabilities, contextLength, those, defaultParameters);
    }

    /** The same with default parameters. */
    public NewAiModel withDefaultParameters(Json object) {
        return new NewAiModel(
                providerId, name, providerModelId, description, capabilities, contextLength, prices, object);
    }
}
