package io.promptforge.dao.model.catalogue;

import io.promptforge.dao.model.CatalogueModel;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.ServiceTier;
import io.promptforge.dao.model.UsageUnit;
import io.promptforge.schema.type.ProviderType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what genai-prices publishes: an array of providers with their models. The name of a price says what is charged and for how many:
 * {@code input_mtok} for a million tokens, {@code requests_kcount} for a thousand requests.
 */
final class GenaiPricesReader {
    private static final int MILLION = 6;
    private static final int THOUSAND = 3;

    private static final Map<String, UsageUnit> MILLIONS = Map.ofEntries(
            Map.entry("input_mtok", UsageUnit.INPUT_TOKENS),
            Map.entry("output_mtok", UsageUnit.OUTPUT_TOKENS),
            Map.entry("cache_read_mtok", UsageUnit.CACHED_INPUT_TOKENS),
            Map.entry("cache_write_mtok", UsageUnit.CACHE_WRITE_TOKENS),
            Map.entry("cache_write_1h_mtok", UsageUnit.CACHE_WRITE_1H_TOKENS),
            Map.entry("output_reasoning_mtok", UsageUnit.REASONING_TOKENS),
            Map.entry("input_audio_mtok", UsageUnit.AUDIO_INPUT_TOKENS),
            Map.entry("cache_audio_read_mtok", UsageUnit.CACHED_AUDIO_INPUT_TOKENS),
            Map.entry("output_audio_mtok", UsageUnit.AUDIO_OUTPUT_TOKENS),
            Map.entry("input_image_mtok", UsageUnit.IMAGE_INPUT_TOKENS),
            Map.entry("cache_image_read_mtok", UsageUnit.CACHED_IMAGE_INPUT_TOKENS),
            Map.entry("output_image_mtok", UsageUnit.IMAGE_OUTPUT_TOKENS),
            Map.entry("input_video_mtok", UsageUnit.VIDEO_INPUT_TOKENS),
            Map.entry("output_video_mtok", UsageUnit.VIDEO_OUTPUT_TOKENS),
            Map.entry("output_citation_mtok", UsageUnit.CITATION_TOKENS));

    private static final Map<String, UsageUnit> THOUSANDS = Map.of(
            "requests_kcount", UsageUnit.REQUESTS,
            "web_searches_kcount", UsageUnit.SEARCHES);

    private static final Map<String, ProviderType> TYPES = Map.of(
            "openai", ProviderType.OPENAI,
            "anthropic", ProviderType.ANTHROPIC,
            "google", ProviderType.GOOGLE,
            "cohere", ProviderType.COHERE);

    private final ProviderGroups groups = new ProviderGroups();
    private final List<CatalogueProblem> problems = new ArrayList<>();
    private int entries;

    private GenaiPricesReader() {}

    static CatalogueFile read(List<?> providers, LocalDate edition) {
        GenaiPricesReader reader = new GenaiPricesReader();
        providers.forEach(reader::provider);
        return reader.groups.file(edition, reader.entries, reader.problems);
    }

    private void provider(@Nullable Object value) {
        Entry provider = new Entry("", members(value), problems);
        String id = provider.text("id");
        if (id == null || !(provider.members().get("models") instanceof List<?> models)) {
            provider.problem("id", "A provider must have an id and models.");
            return;
        }
        String name = Objects.requireNonNullElse(provider.text("name"), id);
        ProviderGroups.Group group = groups.group(id, name, TYPES.getOrDefault(id, ProviderType.CUSTOM));
        models.forEach(model -> model(id, group, members(model)));
    }

    private void model(String provider, ProviderGroups.Group group, Map<?, ?> members) {
        entries++;
        Entry entry = new Entry(provider + "/" + members.get("id"), members, problems);
        String id = entry.text("id");
        if (id == null || group.has(id)) {
            entry.problem("id", "A model must have an id that no other model of its provider has.");
            return;
        }
        String name = Objects.requireNonNullElse(entry.text("name"), id);
        if (entry.fits(id) && entry.fits(name)) {
            CatalogueModel model = CatalogueModel.of(id, name)
                    .description(entry.text("description"))
                    .aliases(entry.aliases(GenaiPricesNames.of(entry), id))
                    .contextLength(entry.tokens("context_window"))
                    .deprecated(entry.isTrue("deprecated"));
            group.add(withPrices(entry, model));
        }
    }

    /** Of prices that begin on days, those that hold before, and then from each day on the last ones that have begun. */
    private static CatalogueModel withPrices(Entry entry, CatalogueModel model) {
        Object prices = entry.members().get("prices");
        if (prices instanceof Map<?, ?> members) {
            return model.prices(prices(entry, members));
        }
        DatedPrices dated = DatedPrices.of(entry, prices instanceof List<?> list ? list : List.of());
        CatalogueModel priced = model.prices(prices(entry, dated.on(LocalDate.MIN)));
        for (LocalDate day : dated.days()) {
            priced = priced.pricesFrom(day, prices(entry, dated.on(day)));
        }
        return priced;
    }

    private static ModelPrices prices(Entry entry, Map<?, ?> members) {
        Entry.Prices prices = entry.new Prices();
        members.forEach((field, value) -> {
            String name = String.valueOf(field);
            if (MILLIONS.containsKey(name)) {
                price(prices, name, MILLIONS.get(name), MILLION, value);
            } else if (THOUSANDS.containsKey(name)) {
                price(prices, name, THOUSANDS.get(name), THOUSAND, value);
            } else if (value != null) {
                entry.problem(name, "This kind of price cannot be expressed.");
            }
        });
        return prices.all();
    }

    /** A number; or that of short prompts, with those of longer ones. */
    private static void price(Entry.Prices prices, String field, UsageUnit unit, int power, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (!(value instanceof Map<?, ?> tiered)) {
            prices.add(field, unit, ServiceTier.STANDARD, 0, power, value);
            return;
        }
        prices.add(field, unit, ServiceTier.STANDARD, 0, power, tiered.get("base"));
        for (Object tier : tiered.get("tiers") instanceof List<?> tiers ? tiers : List.of()) {
            BigDecimal start = Entry.decimal(members(tier).get("start"));
            prices.add(
                    field,
                    unit,
                    ServiceTier.STANDARD,
                    start == null ? -1 : start.longValue(),
                    power,
                    members(tier).get("price"));
        }
    }

    static Map<?, ?> members(@Nullable Object value) {
        return value instanceof Map<?, ?> members ? members : Map.of();
    }
}
