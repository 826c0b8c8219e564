package io.promptforge.dao.model.catalogue;

import io.promptforge.dao.model.CatalogueModel;
import io.promptforge.dao.model.ModelCapability;
import io.promptforge.dao.model.ServiceTier;
import io.promptforge.dao.model.UsageUnit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads LiteLLM's {@code model_prices_and_context_window.json}: an object with a member for each model. The name of a price says what is
 * charged, then the length of the prompt, then the service tier: {@code input_cost_per_token_above_200k_tokens_priority}.
 */
final class LiteLlmReader {
    /** A member that explains the format. */
    private static final String SAMPLE = "sample_spec";

    private static final String TIERS = "tiered_pricing";
    private static final String RANGE = "range";

    private static final Map<String, UsageUnit> UNITS = Map.ofEntries(
            Map.entry("input_cost_per_token", UsageUnit.INPUT_TOKENS),
            Map.entry("output_cost_per_token", UsageUnit.OUTPUT_TOKENS),
            Map.entry("cache_read_input_token_cost", UsageUnit.CACHED_INPUT_TOKENS),
            Map.entry("input_cost_per_token_cache_hit", UsageUnit.CACHED_INPUT_TOKENS),
            Map.entry("cache_creation_input_token_cost", UsageUnit.CACHE_WRITE_TOKENS),
            Map.entry("cache_creation_input_token_cost_above_1hr", UsageUnit.CACHE_WRITE_1H_TOKENS),
            Map.entry("output_cost_per_reasoning_token", UsageUnit.REASONING_TOKENS),
            Map.entry("input_cost_per_audio_token", UsageUnit.AUDIO_INPUT_TOKENS),
            Map.entry("output_cost_per_audio_token", UsageUnit.AUDIO_OUTPUT_TOKENS),
            Map.entry("cache_read_input_audio_token_cost", UsageUnit.CACHED_AUDIO_INPUT_TOKENS),
            Map.entry("cache_read_input_token_cost_per_audio_token", UsageUnit.CACHED_AUDIO_INPUT_TOKENS),
            Map.entry("cache_creation_input_audio_token_cost", UsageUnit.CACHE_WRITE_AUDIO_TOKENS),
            Map.entry("input_cost_per_image_token", UsageUnit.IMAGE_INPUT_TOKENS),
            Map.entry("output_cost_per_image_token", UsageUnit.IMAGE_OUTPUT_TOKENS),
            Map.entry("cache_read_input_image_token_cost", UsageUnit.CACHED_IMAGE_INPUT_TOKENS),
            Map.entry("input_cost_per_video_token", UsageUnit.VIDEO_INPUT_TOKENS),
            Map.entry("output_cost_per_video_token", UsageUnit.VIDEO_OUTPUT_TOKENS),
            Map.entry("citation_cost_per_token", UsageUnit.CITATION_TOKENS),
            Map.entry("input_cost_per_image", UsageUnit.INPUT_IMAGES),
            Map.entry("output_cost_per_image", UsageUnit.OUTPUT_IMAGES),
            Map.entry("input_cost_per_pixel", UsageUnit.INPUT_PIXELS),
            Map.entry("output_cost_per_pixel", UsageUnit.OUTPUT_PIXELS),
            Map.entry("input_cost_per_character", UsageUnit.INPUT_CHARACTERS),
            Map.entry("output_cost_per_character", UsageUnit.OUTPUT_CHARACTERS),
            Map.entry("input_cost_per_second", UsageUnit.INPUT_SECONDS),
            Map.entry("output_cost_per_second", UsageUnit.OUTPUT_SECONDS),
            Map.entry("input_cost_per_audio_per_second", UsageUnit.AUDIO_INPUT_SECONDS),
            Map.entry("input_cost_per_video_per_second", UsageUnit.VIDEO_INPUT_SECONDS),
            Map.entry("output_cost_per_video_per_second", UsageUnit.VIDEO_OUTPUT_SECONDS),
            // of searches and rankings, which are one request each
            Map.entry("input_cost_per_query", UsageUnit.REQUESTS),
            Map.entry("input_cost_per_request", UsageUnit.REQUESTS),
            Map.entry("ocr_cost_per_page", UsageUnit.PAGES),
            Map.entry("annotation_cost_per_page", UsageUnit.ANNOTATED_PAGES),
            Map.entry("code_interpreter_cost_per_session", UsageUnit.SESSIONS));

    private static final Map<String, UsageUnit> SEARCHES = Map.of(
            "search_context_size_low", UsageUnit.LOW_CONTEXT_SEARCHES,
            "search_context_size_medium", UsageUnit.SEARCHES,
            "search_context_size_high", UsageUnit.HIGH_CONTEXT_SEARCHES);

    /** The prices in US dollars again, in Databricks's own unit of account. */
    private static final Set<String> RESTATED = Set.of("input_dbu_cost_per_token", "output_dbu_cost_per_token");

    /** Not a price of a request: what a search bills by; and bounds of what a model can do. */
    private static final Set<String> NO_PRICE = Set.of("web_search_billing_unit");

    private static final Pattern FIELD =
            Pattern.compile("(.+?)(?:_above_(\\d{1,9})k_tokens)?(?:_(batches|flex|priority))?");

    private static final Pattern PRICE = Pattern.compile(".*(?:cost|price|pricing|multiplier|_dbu_|billing|credit).*");

    private LiteLlmReader() {}

    static CatalogueFile read(Map<?, ?> document, LocalDate edition) {
        ProviderGroups groups = new ProviderGroups();
        List<CatalogueProblem> problems = new ArrayList<>();
        int entries = 0;
        for (Map.Entry<?, ?> member : document.entrySet()) {
            String name = String.valueOf(member.getKey());
            if (name.equals(SAMPLE)) {
                continue;
            }
            entries++;
            Entry entry =
                    new Entry(name, member.getValue() instanceof Map<?, ?> members ? members : Map.of(), problems);
            String provider = entry.text("litellm_provider");
            if (provider == null) {
                entry.problem("litellm_provider", "A model must have a provider.");
            } else {
                add(entry, LiteLlmProvider.of(provider), document, groups);
            }
        }
        return groups.file(edition, entries, problems);
    }

    private static void add(Entry entry, LiteLlmProvider provider, Map<?, ?> document, ProviderGroups groups) {
        ProviderGroups.Group group = groups.group(provider.key(), provider.name(), provider.type());
        String ownName = provider.modelName(entry.name());
        boolean isTaken = group.has(ownName) || isOtherEntry(document, ownName, entry, provider);
        String name = isTaken ? entry.name() : ownName;
        if (!entry.fits(entry.name())) {
            return;
        }
        Entry.Prices prices = entry.new Prices();
        entry.members().forEach((field, value) -> read(entry, prices, String.valueOf(field), 0, value));
        group.add(CatalogueModel.of(name, name)
                .aliases(entry.aliases(List.of(entry.name()), name))
                .capabilities(capabilities(entry))
                .contextLength(entry.tokens("max_input_tokens"))
                .deprecated(entry.text("deprecation_date") != null)
                .prices(prices.all()));
    }

    /** Whether this name, without its provider's prefix, is that of another entry of the provider. */
    private static boolean isOtherEntry(Map<?, ?> document, String name, Entry entry, LiteLlmProvider provider) {
        return !name.equals(entry.name())
                && document.get(name) instanceof Map<?, ?> other
                && other.get("litellm_provider") instanceof String reported
                && LiteLlmProvider.of(reported).equals(provider);
    }

    private static void read(Entry entry, Entry.Prices prices, String field, long from, @Nullable Object value) {
        Matcher name = FIELD.matcher(field);
        UsageUnit unit = name.matches() ? UNITS.get(name.group(1)) : null;
        if (unit != null) {
            long above = name.group(2) == null ? from : Long.parseLong(name.group(2)) * 1_000;
            prices.add(field, unit, tier(name.group(3)), above, 0, value);
        } else if (field.equals("search_context_cost_per_query") && value instanceof Map<?, ?> sizes) {
            sizes.forEach((size, price) -> search(entry, prices, field, String.valueOf(size), price));
        } else if (field.equals(TIERS) && value instanceof List<?> tiers) {
            tiers.forEach(tier -> tier(entry, prices, tier));
        } else if (field.equals("provider_specific_entry") && value instanceof Map<?, ?> factors) {
            if (factors.values().stream().anyMatch(Number.class::isInstance)) {
                entry.problem(field, "Prices that are multiplied for some requests cannot be expressed.");
            }
        } else if (PRICE.matcher(field).matches() && !RESTATED.contains(field) && !NO_PRICE.contains(field)) {
            entry.problem(field, "This kind of price cannot be expressed.");
        }
    }

    private static void search(Entry entry, Entry.Prices prices, String field, String size, @Nullable Object price) {
        UsageUnit unit = SEARCHES.get(size);
        if (unit == null) {
            entry.problem(field, "The size " + size + " of a search is unknown.");
        } else {
            prices.add(field, unit, ServiceTier.STANDARD, 0, 0, price);
        }
    }

    /** The prices of prompts whose length lies in a range. */
    private static void tier(Entry entry, Entry.Prices prices, @Nullable Object tier) {
        Map<?, ?> members = tier instanceof Map<?, ?> object ? object : Map.of();
        BigDecimal from =
                members.get(RANGE) instanceof List<?> range && !range.isEmpty() ? Entry.decimal(range.get(0)) : null;
        if (from == null) {
            entry.problem(TIERS, "Prices by something else than the length of the prompt cannot be expressed.");
            return;
        }
        members.forEach((field, value) -> {
            if (!field.equals(RANGE)) {
                read(entry, prices, String.valueOf(field), from.longValue(), value);
            }
        });
    }

    private static ServiceTier tier(@Nullable String suffix) {
        if (suffix == null) {
            return ServiceTier.STANDARD;
        }
        return suffix.equals("batches") ? ServiceTier.BATCH : ServiceTier.of(suffix);
    }

    private static Set<ModelCapability> capabilities(Entry entry) {
        Set<ModelCapability> capabilities = EnumSet.noneOf(ModelCapability.class);
        if (entry.isTrue("supports_native_streaming")) {
            capabilities.add(ModelCapability.STREAMING);
        }
        if (entry.isTrue("supports_function_calling")) {
            capabilities.add(ModelCapability.FUNCTION_CALLING);
        }
        if (entry.isTrue("supports_vision")) {
            capabilities.add(ModelCapability.VISION);
        }
        return capabilities;
    }
}
