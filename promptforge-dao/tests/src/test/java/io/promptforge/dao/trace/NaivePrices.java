package io.promptforge.dao.trace;

import io.promptforge.dao.TestTenant;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.ServiceTier;
import io.promptforge.dao.model.UsageUnit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The prices of the models of {@link TraceMergeTest}, and costs calculated without them. The first model costs 1 dollar for a million input
 * tokens and 5 for output; from the change on 10 and 50, half as much in a batch, 100 for audio input, and 0.01 for a search. The
 * second model costs twice as much.
 */
final class NaivePrices {
    static final Instant CHANGE = TestTenant.NOON.plusSeconds(1);

    static final List<List<ModelPrices>> OF_MODELS = List.of(
            List.of(
                    ModelPrices.perMillion("1", "5"),
                    ModelPrices.perMillion("10", "50")
                            .perMillion(UsageUnit.AUDIO_INPUT_TOKENS, "100")
                            .each(UsageUnit.SEARCHES, "0.01")
                            .tier(ServiceTier.BATCH, ModelPrices.perMillion("5", "25"))),
            List.of(
                    ModelPrices.perMillion("2", "10"),
                    ModelPrices.perMillion("20", "100")
                            .perMillion(UsageUnit.AUDIO_INPUT_TOKENS, "200")
                            .each(UsageUnit.SEARCHES, "0.02")
                            .tier(ServiceTier.BATCH, ModelPrices.perMillion("10", "50"))));

    private NaivePrices() {}

    /** The cost of a span that reports none; null if it is unknown. */
    static @Nullable BigDecimal cost(NewSpan span, List<UUID> models) {
        UUID modelId = span.modelId();
        int model = modelId == null ? -1 : models.indexOf(modelId);
        long audio = count(span, UsageUnit.AUDIO_INPUT_TOKENS);
        long searches = count(span, UsageUnit.SEARCHES);
        boolean changed = !span.startedAt().isBefore(CHANGE);
        boolean hasUsage = span.inputTokens() != null
                || span.outputTokens() != null
                || span.cachedInputTokens() != null
                || span.cacheCreationInputTokens() != null
                || span.reasoningOutputTokens() != null
                || !span.usage().isEmpty();
        if (model < 0 || !hasUsage || (searches > 0 && !changed)) {
            return null;
        }
        long batch = "batch".equals(span.serviceTier()) && changed ? 5 : changed ? 10 : 1;
        long cached = orZero(span.cachedInputTokens()) + orZero(span.cacheCreationInputTokens());
        long input = LongStream.of(
                        orZero(span.inputTokens()),
                        orZero(span.cachedInputTokens()),
                        orZero(span.cacheCreationInputTokens()),
                        audio)
                .max()
                .orElseThrow();
        long output = Math.max(orZero(span.outputTokens()), orZero(span.reasoningOutputTokens()));
        long excess = Math.max(0, cached + audio - input);
        long common = Math.min(excess, Math.min(audio, orZero(span.cachedInputTokens())));
        common += Math.min(excess - common, Math.min(audio - common, orZero(span.cacheCreationInputTokens())));
        long text = Math.max(0, input - cached - audio) + cached - common;
        long micros = text * batch + audio * (changed ? 100 : 1) + output * 5 * batch;
        return BigDecimal.valueOf(micros * (model + 1) + searches * 10_000 * (model + 1), 6);
    }

    private static long count(NewSpan span, UsageUnit unit) {
        return span.usage().getOrDefault(unit, BigDecimal.ZERO).longValueExact();
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    /** The counts of both, the greater of each. */
    static Map<UsageUnit, BigDecimal> greatest(List<NewSpan> records) {
        Map<UsageUnit, BigDecimal> greatest = new EnumMap<>(UsageUnit.class);
        records.forEach(
                record -> record.usage().forEach((unit, count) -> greatest.merge(unit, count, BigDecimal::max)));
        return greatest;
    }
}
