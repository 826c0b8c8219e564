package io.promptforge.dao.model;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.schema.type.ProviderType;
import java.util.List;
import java.util.Optional;

/**
 * What a catalogue says of a provider.
 *
 * @param key what it is recognised by in all editions, whatever it is called
 * @param name display name, 1 to 200 characters
 * @param type whose API it speaks
 * @param description free text, at most 4,000 characters
 * @param baseUrl root of the API; empty means the type's usual one
 * @param models its models, each with a provider's model id of its own
 */
public record CatalogueProvider(
        String key,
        String name,
        ProviderType type,
        Optional<String> description,
        Optional<String> baseUrl,
        List<CatalogueModel> models) {
    /**
     * Checks the values; their sizes are checked when they are installed.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if anything is null or blank, or two models have the same id
     */
    public CatalogueProvider {
        Check.text("key", key);
        Check.text("name", name);
        Check.present("type", type);
        Check.present("description", description).ifPresent(text -> Check.text("description", text));
        Check.present("base_url", baseUrl).ifPresent(url -> Check.text("base_url", url));
        Check.present("models", models).forEach(model -> Check.present("models", model));
        models = List.copyOf(models);
        ModelCatalogue.unique("provider_model_id", models, CatalogueModel::providerModelId);
    }
}
