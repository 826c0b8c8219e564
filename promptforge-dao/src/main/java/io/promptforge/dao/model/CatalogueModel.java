package io.promptforge.dao.model;

import io.promptforge.dao.internal.check.Check;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a catalogue says of a model.
 *
 * @param providerModelId the name the provider's API takes, by which the model is recognised in all editions
 * @param name display name, 1 to 200 characters
 * @param description free text, at most 4,000 characters
 * @param capabilities what it can do beside answering in text
 * @param contextLength most tokens of input and output together; empty when unknown
 * @param prices what it costs
 * @param deprecated true when the provider has announced its end
 */
public record CatalogueModel(
        String providerModelId,
        String name,
        Optional<String> description,
        Set<ModelCapability> capabilities,
        OptionalInt contextLength,
        ModelPrices prices,
        boolean deprecated) {
    /**
     * Checks the values; their sizes are checked when they are installed.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if anything is null or blank
     */
    public CatalogueModel {
        Check.text("provider_model_id", providerModelId);
        Check.text("name", name);
        Check.present("description", description).ifPresent(text -> Check.text("description", text));
        Check.present("capabilities", capabilities).forEach(capability -> Check.present("capabilities", capability));
        capabilities = Set.copyOf(capabilities);
        Check.present("context_length", contextLength);
        Check.present("prices", prices);
    }
}
