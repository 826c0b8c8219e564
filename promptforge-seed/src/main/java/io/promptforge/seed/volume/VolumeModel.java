package io.promptforge.seed.volume;

import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.ServiceTier;
import io.promptforge.dao.model.UsageUnit;
import io.promptforge.schema.type.ProviderType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A model of the organization.
 *
 * @param provider the provider
 * @param name the provider's name of the model
 * @param prices the prices of its tokens
 */
record VolumeModel(ProviderType provider, String name, ModelPrices prices) {
    /** All models that the traces call. */
    static final List<VolumeModel> ALL = List.of(
            of(ProviderType.OPENAI, "gpt-4o-mini", "0.15", "0.6", "0.075"),
            of(ProviderType.OPENAI, "gpt-4o", "2.5", "10", "1.25"),
            of(ProviderType.OPENAI, "o4-mini", "1.1", "4.4", "0.275"),
            of(ProviderType.OPENAI, ModelUse.EMBEDDING_MODEL, "0.02", "0", "0.02"),
            of(ProviderType.ANTHROPIC, "claude-sonnet-4-5", "3", "15", "0.3"));

    private static final Map<String, VolumeModel> BY_NAME =
            ALL.stream().collect(Collectors.toMap(VolumeModel::name, Function.identity()));

    private static VolumeModel of(ProviderType provider, String name, String input, String output, String cached) {
        return new VolumeModel(provider, name, ModelPrices.perMillion(input, output, cached));
    }

    static VolumeModel named(String name) {
        return Objects.requireNonNull(BY_NAME.get(name), name);
    }

    /** The cost in US dollars, by the library's own rule. */
    BigDecimal cost(long inputTokens, long cachedTokens, long outputTokens) {
        return prices.cost(
                        Map.of(
                                UsageUnit.INPUT_TOKENS, BigDecimal.valueOf(inputTokens),
                                UsageUnit.CACHED_INPUT_TOKENS, BigDecimal.valueOf(cachedTokens),
                                UsageUnit.OUTPUT_TOKENS, BigDecimal.valueOf(outputTokens)),
                        ServiceTier.STANDARD)
                .orElseThrow();
    }
}
