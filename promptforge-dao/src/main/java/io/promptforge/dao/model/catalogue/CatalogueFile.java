package io.promptforge.dao.model.catalogue;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.ModelCatalogue;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A price list that was read from a file: the catalogue to {@linkplain io.promptforge.dao.model.ModelRepository#installCatalogue
 * install}, and what it cannot express.
 *
 * <pre>{@code
 * String text = Files.readString(Path.of("model_prices_and_context_window.json"));
 * CatalogueFile file = CatalogueFile.read(Json.parse(text), LocalDate.of(2026, 7, 24));
 * file.problems().forEach(problem -> log.warn("{}", problem));
 * tenant.models().installCatalogue(file.catalogue());
 * }</pre>
 *
 * <p>Three formats are recognised by their form:
 * <ul>
 * <li>LiteLLM's {@code model_prices_and_context_window.json}. The name of a model is that of its entry without the prefix of its provider
 *     ({@code azure/gpt-4o} is {@code gpt-4o} of Azure), and the whole name is an alias. A provider's entries for several of its
 *     endpoints are models of one provider.
 * <li>The JSON that genai-prices publishes, of either version. What a model is matched by becomes aliases; prices that begin on a day
 *     hold from its beginning in UTC on.
 * <li>That of {@link ModelCatalogue#parse}, which names its edition itself.
 * </ul>
 *
 * <p>Prices are taken as they are written, with all decimals; a price of 0 is a price, and an absent one is unknown. Nothing is guessed:
 * what the catalogue has no form for is left out and reported.
 *
 * @param catalogue the catalogue
 * @param entries the number of models that the file has, with or without prices
 * @param problems what was left out, in the order of the file
 */
public record CatalogueFile(ModelCatalogue catalogue, int entries, List<CatalogueProblem> problems) {
    /** Copies the list. */
    public CatalogueFile {
        problems = List.copyOf(problems);
    }

    /**
     * Reads a price list.
     *
     * @param document the content of the file
     * @param edition the day of its contents, from which on its prices hold where an earlier edition was installed
     * @throws InvalidValueException if it has none of the formats; the field is {@code catalogue}
     */
    public static CatalogueFile read(Json document, LocalDate edition) {
        Check.present("edition", edition);
        Object content = Check.present("catalogue", document).toJava();
        if (content instanceof Map<?, ?> members) {
            return members.containsKey("providers") ? ofOwnFormat(document) : LiteLlmReader.read(members, edition);
        }
        if (content instanceof List<?> providers) {
            return GenaiPricesReader.read(providers, edition);
        }
        throw new InvalidValueException(
                "catalogue",
                "A price list must be a JSON object or array.",
                "Pass the content of a file in one of the formats that CatalogueFile names.",
                null);
    }

    private static CatalogueFile ofOwnFormat(Json document) {
        ModelCatalogue catalogue = ModelCatalogue.parse(document);
        int entries = catalogue.providers().stream()
                .mapToInt(provider -> provider.models().size())
                .sum();
        return new CatalogueFile(catalogue, entries, List.of());
    }

    /** The number of entries of which everything was expressed. */
    public int exactEntries() {
        return entries
                - (int) problems.stream()
                        .map(CatalogueProblem::entry)
                        .distinct()
                        .count();
    }
}
