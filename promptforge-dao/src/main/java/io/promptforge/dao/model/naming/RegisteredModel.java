package io.promptforge.dao.model.naming;

import io.promptforge.schema.type.ProviderType;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registered model of the organization.
 *
 * @param id its key
 * @param name its name in the provider's API
 * @param aliases its other names, and patterns of names
 * @param active whether it is active
 * @param ofCatalogue whether a catalogue installed it
 * @param providerName the name of its provider
 * @param providerType the type of its provider
 * @param ofDefaultProvider whether its provider is the default one
 * @param prices its prices over time
 */
public record RegisteredModel(
        UUID id,
        String name,
        List<String> aliases,
        boolean active,
        boolean ofCatalogue,
        String providerName,
        ProviderType providerType,
        boolean ofDefaultProvider,
        PriceHistory prices) {

    /** Whether its provider has this name, or another name of it. */
    boolean isOfProvider(@Nullable String provider) {
        return provider != null
                && (providerName.equalsIgnoreCase(provider)
                        || Providers.name(providerName).equals(Providers.name(provider)));
    }

    /** How many words of the name its provider's name has too: of {@code gcp.vertex_ai}, Vertex AI has two. */
    int wordsOfProvider(@Nullable String provider) {
        if (provider == null) {
            return 0;
        }
        Set<String> words = new HashSet<>(words(provider));
        words.retainAll(words(providerName));
        return words.size();
    }

    private static List<String> words(String name) {
        return List.of(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"));
    }

    /** Whether its provider is of the type with this name. */
    boolean isOfProviderType(@Nullable String provider) {
        return provider != null && providerType.name().equalsIgnoreCase(Providers.name(provider));
    }
}
