package io.promptforge.dao.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Well-known providers and their models, to be installed into an organization by
 * {@link ModelRepository#installCatalogue}. The {@linkplain #standard standard one} comes with the library; a host may
 * make one of its own, from it or from a {@linkplain #parse text}, such as a newer edition.
 *
 * @param edition of what day it is
 * @param providers the providers, each with a key and a name of its own
 */
public record ModelCatalogue(LocalDate edition, List<CatalogueProvider> providers) {
    private static final String RESOURCE = "/META-INF/promptforge/model-catalogue.json";

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if anything is null, or two providers have the same key or name
     */
    public ModelCatalogue {
        Check.present("edition", edition);
        Check.present("providers", providers).forEach(provider -> Check.present("providers", provider));
        providers = List.copyOf(providers);
        unique("key", providers, CatalogueProvider::key);
        unique("name", providers, CatalogueProvider::name);
    }

    /**
     * The catalogue that comes with the library. Its prices are those of the providers' public price lists as known on
     * the day of its {@link #edition}, for ordinary requests, and may have changed since: check them before you bill
     * anybody. Where a provider asks more for long prompts, it is the price of the short ones. Hugging Face's models have
     * none, since theirs depend on who runs them.
     */
    public static ModelCatalogue standard() {
        return Standard.CATALOGUE;
    }

    /**
     * Reads a catalogue, whose form is that of the file {@code META-INF/promptforge/model-catalogue.json} in the jar:
     *
     * <pre>{@code
     * {
     *   "edition": "2025-12-01",
     *   "about": "free text, optional",
     *   "providers": [{
     *     "key": "openai", "name": "OpenAI", "type": "openai", "description": "optional", "base_url": "optional",
     *     "models": [{
     *       "provider_model_id": "gpt-4o", "name": "GPT-4o", "description": "optional",
     *       "capabilities": ["streaming", "function_calling", "vision"], "context_length": 128000,
     *       "input_price_per_million": 2.50, "output_price_per_million": 10, "cached_input_price_per_million": 1.25,
     *       "deprecated": false
     *     }]
     *   }]
     * }
     * }</pre>
     *
     * <p>Of a model only the id and the name must be there.
     *
     * @throws InvalidValueException if it has another form or a member that is not known, or a value is not accepted
     */
    public static ModelCatalogue parse(Json document) {
        return CatalogueReader.read(Check.present("catalogue", document));
    }

    /** Without the models, of which there are many. */
    @Override
    public String toString() {
        return "ModelCatalogue of " + edition + " with "
                + providers.stream().map(CatalogueProvider::name).toList();
    }

    /** Checks that a text tells the items apart. */
    static <T> void unique(String field, List<T> items, Function<T, String> text) {
        Set<String> seen = new HashSet<>();
        items.stream().map(text).filter(each -> !seen.add(each)).findFirst().ifPresent(twice -> {
            throw new InvalidValueException(
                    field, "The catalogue has two entries with the " + field + " " + twice + ".", null);
        });
    }

    /** Read when it is first asked for. */
    private static final class Standard {
        private static final ModelCatalogue CATALOGUE = read();

        private static ModelCatalogue read() {
            try (InputStream resource = ModelCatalogue.class.getResourceAsStream(RESOURCE)) {
                if (resource == null) {
                    throw new IllegalStateException(RESOURCE + " is missing in the jar of promptforge-dao");
                }
                return parse(Json.parse(new String(resource.readAllBytes(), UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(RESOURCE, e);
            }
        }
    }
}
