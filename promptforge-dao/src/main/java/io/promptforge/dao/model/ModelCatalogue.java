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
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Providers and models that {@link ModelRepository#installCatalogue} installs into an organization. The {@linkplain #standard
 * standard catalogue} comes with the library; a host may create its own, from values or from a {@linkplain #parse document}, such as
 * a newer edition, or read one from a {@linkplain io.promptforge.dao.model.catalogue.CatalogueFile price list in use}. Immutable and
 * thread-safe.
 */
public final class ModelCatalogue {
    private static final String RESOURCE = "/META-INF/promptforge/model-catalogue.json";

    private final LocalDate edition;
    private final List<CatalogueProvider> providers;

    private ModelCatalogue(LocalDate edition, List<CatalogueProvider> providers) {
        this.edition = edition;
        this.providers = providers;
    }

    /**
     * A catalogue.
     *
     * @param edition the day of its contents
     * @param providers the providers, no two of them with one key or one name
     * @throws InvalidValueException if anything is null, or two providers have the same key or name
     */
    public static ModelCatalogue of(LocalDate edition, List<CatalogueProvider> providers) {
        List<CatalogueProvider> copy = Check.list("providers", providers);
        unique("key", copy, CatalogueProvider::key);
        unique("name", copy, CatalogueProvider::name);
        return new ModelCatalogue(Check.present("edition", edition), copy);
    }

    /**
     * The catalogue that comes with the library. Its prices are those of the providers' public price lists on the day of its
     * {@link #edition}, in all service tiers, without surcharges that a request must ask for, such as those of a region or of a greater
     * context in beta; check them before you bill by them. Models of Hugging Face have no prices, which depend on the service that runs
     * them.
     */
    public static ModelCatalogue standard() {
        return Standard.CATALOGUE;
    }

    /**
     * Reads a catalogue from a document of the form of {@code META-INF/promptforge/model-catalogue.json} in the jar:
     *
     * <pre>{@code
     * {
     *   "edition": "2025-12-01",
     *   "about": "free text, optional",
     *   "providers": [{
     *     "key": "openai", "name": "OpenAI", "type": "openai", "description": "optional", "base_url": "optional",
     *     "models": [{
     *       "provider_model_id": "gpt-4o", "name": "GPT-4o", "aliases": ["gpt-4o-latest"], "description": "optional",
     *       "capabilities": ["streaming", "function_calling", "vision"], "context_length": 128000,
     *       "prices": {
     *         "per_million": {"input_tokens": 2.50, "output_tokens": 10, "cached_input_tokens": 1.25},
     *         "each": {"searches": 0.01},
     *         "above": {"200000": {"per_million": {"input_tokens": 5}}},
     *         "batch": {"per_million": {"input_tokens": 1.25, "output_tokens": 5}}
     *       },
     *       "later_prices": {"2026-09-01": {"per_million": {"input_tokens": 2, "output_tokens": 8}}},
     *       "deprecated": false
     *     }]
     *   }]
     * }
     * }</pre>
     *
     * <p>A model requires only the id and the name. Prices are those of {@link ModelPrices}: of a million units and of each unit, by the
     * {@linkplain UsageUnit#code code} of the unit; what differs above a number of input tokens; and in the service tiers
     * {@code batch}, {@code flex} and {@code priority}, which have the same members. Later prices hold from the beginning of a day (UTC)
     * on, as a whole.
     *
     * @throws InvalidValueException if the document has another form or an unknown member, or a value is not accepted
     */
    public static ModelCatalogue parse(Json document) {
        return CatalogueReader.read(Check.present("catalogue", document));
    }

    /** The day of its contents. */
    public LocalDate edition() {
        return edition;
    }

    /** The providers. */
    public List<CatalogueProvider> providers() {
        return providers;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModelCatalogue same && edition.equals(same.edition) && providers.equals(same.providers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(edition, providers);
    }

    /** The edition and the names of the providers. */
    @Override
    public String toString() {
        return "ModelCatalogue of " + edition + " with "
                + providers.stream().map(CatalogueProvider::name).toList();
    }

    /** Checks that no two items have the same text. */
    static <T> void unique(String field, List<T> items, Function<T, String> text) {
        Set<String> seen = new HashSet<>();
        items.stream().map(text).filter(each -> !seen.add(each)).findFirst().ifPresent(twice -> {
            throw new InvalidValueException(
                    field,
                    "The catalogue has two entries with the " + field + " " + twice + ".",
                    "Give each its own.",
                    null);
        });
    }

    /** Reads the catalogue at its first use. */
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
