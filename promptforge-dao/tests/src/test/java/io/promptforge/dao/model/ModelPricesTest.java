package io.promptforge.dao.model;

import static io.promptforge.dao.model.UsageUnit.AUDIO_INPUT_TOKENS;
import static io.promptforge.dao.model.UsageUnit.CACHED_AUDIO_INPUT_TOKENS;
import static io.promptforge.dao.model.UsageUnit.CACHED_INPUT_TOKENS;
import static io.promptforge.dao.model.UsageUnit.CACHE_WRITE_1H_TOKENS;
import static io.promptforge.dao.model.UsageUnit.CACHE_WRITE_TOKENS;
import static io.promptforge.dao.model.UsageUnit.INPUT_TOKENS;
import static io.promptforge.dao.model.UsageUnit.OUTPUT_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPricesTest {
    private static final ModelPrices PRICES = ModelPrices.perMillion("2.50", "10", "1.25");

    /** As providers publish them, in US dollars per million tokens, where no other unit is said. */
    private static final Map<String, ModelPrices> LISTS = Map.ofEntries(
            Map.entry("GPT-4o", PRICES.tier(ServiceTier.BATCH, ModelPrices.perMillion("1.25", "5"))),
            Map.entry(
                    "GPT-4o audio",
                    ModelPrices.perMillion("2.5", "10")
                            .perMillion(AUDIO_INPUT_TOKENS, "40")
                            .perMillion(UsageUnit.AUDIO_OUTPUT_TOKENS, "80")),
            Map.entry(
                    "Realtime",
                    ModelPrices.perMillion("4", "16", "0.4")
                            .perMillion(AUDIO_INPUT_TOKENS, "32")
                            .perMillion(CACHED_AUDIO_INPUT_TOKENS, "0.4")
                            .perMillion(UsageUnit.IMAGE_INPUT_TOKENS, "5")
                            .perMillion(UsageUnit.CACHED_IMAGE_INPUT_TOKENS, "0.5")
                            .perMillion(UsageUnit.AUDIO_OUTPUT_TOKENS, "64")),
            Map.entry(
                    "Claude Sonnet",
                    ModelPrices.perMillion("3", "15", "0.3")
                            .perMillion(CACHE_WRITE_TOKENS, "3.75")
                            .perMillion(CACHE_WRITE_1H_TOKENS, "6")
                            .each(UsageUnit.SEARCHES, "0.01")),
            Map.entry(
                    "Gemini 2.5 Pro",
                    ModelPrices.perMillion("1.25", "10", "0.125")
                            .above(200_000, ModelPrices.perMillion("2.5", "15", "0.25"))),
            Map.entry(
                    "Gemini 3 Pro",
                    ModelPrices.perMillion("2", "12")
                            .above(200_000, ModelPrices.perMillion("4", "18"))
                            .tier(
                                    ServiceTier.PRIORITY,
                                    ModelPrices.perMillion("3.6", "21.6")
                                            .above(200_000, ModelPrices.perMillion("7.2", "32.4")))),
            Map.entry(
                    "Qwen",
                    ModelPrices.perMillion("0.4", "1.2")
                            .perMillion(UsageUnit.REASONING_TOKENS, "4")
                            .above(256_000, ModelPrices.perMillion("1.2", "3.6"))
                            .above(512_000, ModelPrices.perMillion("2", "6"))),
            Map.entry("DALL-E", ModelPrices.unknown().each(UsageUnit.OUTPUT_IMAGES, "0.04")),
            Map.entry(
                    "Image tokens",
                    ModelPrices.perMillion("0.3", "2.5")
                            .perMillion(UsageUnit.IMAGE_OUTPUT_TOKENS, "30")
                            .each(UsageUnit.OUTPUT_IMAGES, "0.039")),
            Map.entry(
                    "Image pieces",
                    ModelPrices.perMillion("1.25", "5")
                            .each(UsageUnit.INPUT_IMAGES, "0.001")
                            .each(UsageUnit.INPUT_PIXELS, "0.000000019")
                            .each(UsageUnit.OUTPUT_IMAGES, "0.04")),
            Map.entry("Pixels", ModelPrices.unknown().each(UsageUnit.INPUT_PIXELS, "0.000000019")),
            Map.entry("Embedding", ModelPrices.unknown().perMillion(INPUT_TOKENS, "0.02")),
            Map.entry("Whisper", ModelPrices.unknown().each(UsageUnit.INPUT_SECONDS, "0.0001")),
            Map.entry("Speech", ModelPrices.unknown().each(UsageUnit.INPUT_CHARACTERS, "0.000015")),
            Map.entry("Video", ModelPrices.unknown().each(UsageUnit.VIDEO_OUTPUT_SECONDS, "0.1")),
            Map.entry(
                    "OCR",
                    ModelPrices.unknown().each(UsageUnit.PAGES, "0.001").each(UsageUnit.ANNOTATED_PAGES, "0.003")),
            Map.entry(
                    "Sonar",
                    ModelPrices.perMillion("1", "1")
                            .each(UsageUnit.REQUESTS, "0.005")
                            .each(UsageUnit.SEARCHES, "0.008")
                            .each(UsageUnit.LOW_CONTEXT_SEARCHES, "0.005")
                            .each(UsageUnit.HIGH_CONTEXT_SEARCHES, "0.012")),
            Map.entry("Unknown", ModelPrices.unknown()));

    /**
     * Counts: in (all input), cached, write (all cache writes), write_1h, audio_in, cached_audio, image_in, cached_image, out (all output),
     * reasoning, audio_out, and others by their codes.
     */
    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "GPT-4o         | standard | in 1000000                                          | 2.5",
                "GPT-4o         | standard | in 1000000 cached 1000000                           | 1.25",
                "GPT-4o         | standard | in 1000 cached 400 out 200                          | 0.004",
                "GPT-4o         | standard | in 1                                                | 0.0000025",
                "GPT-4o         | standard | in 0 out 0                                          | 0",
                "GPT-4o         | batch    | in 1000000 out 100000                               | 1.75",
                "GPT-4o         | flex     | in 1000000 out 100000                               | 3.5",
                "Image tokens   | standard | out 1300 image_output_tokens 1290 output_images 1   | 0.038725",
                "Image tokens   | standard | output_images 2                                     | 0.078",
                "Image tokens   | standard | out 10 output_images 1                              | 0.039025",
                "Image pieces   | standard | out 1300 image_output_tokens 1290 output_images 1   | 0.04005",
                "Image pieces   | standard | in 300 image_in 258 cached 8 cached_image 8 input_images 1 input_pixels 1000000 | 0.0010525",
                "Image pieces   | standard | in 300 image_in 258                                 | 0.000375",
                "GPT-4o audio   | standard | in 1000 audio_in 1000                               | 0.04",
                "GPT-4o audio   | standard | in 1500 audio_in 1000 out 300 audio_out 200         | 0.05825",
                "Realtime       | standard | in 1000 cached 600 audio_in 500 cached_audio 400    | 0.00464",
                "Realtime       | standard | in 1000 cached 300 image_in 1000 cached_image 300   | 0.00365",
                "Realtime       | standard | in 100 cached 80 audio_in 90                        | 0.000672",
                "Claude Sonnet  | standard | in 1000000 write 1000000                            | 3.75",
                "Claude Sonnet  | standard | in 1000000 write 1000000 write_1h 400000            | 4.65",
                "Claude Sonnet  | standard | in 1000000 cached 500000 write 300000 out 1000      | 1.89",
                "Claude Sonnet  | standard | in 1000 out 1000 searches 2                         | 0.038",
                "Gemini 2.5 Pro | standard | in 200000                                           | 0.25",
                "Gemini 2.5 Pro | standard | in 250000                                           | 0.625",
                "Gemini 2.5 Pro | standard | in 250000 cached 50000 out 1000                     | 0.5275",
                "Gemini 3 Pro   | priority | in 100000 out 1000                                  | 0.3816",
                "Gemini 3 Pro   | priority | in 300000 out 1000                                  | 2.1924",
                "Gemini 3 Pro   | flex     | in 300000 out 1000                                  | 1.218",
                "Qwen           | standard | in 1000 out 1000 reasoning 600                      | 0.00328",
                "Qwen           | standard | in 256001 out 1000                                  | 0.3108012",
                "Qwen           | standard | in 600000                                           | 1.2",
                "DALL-E         | standard | output_images 3                                     | 0.12",
                "DALL-E         | standard | output_images 1 in 20                               | 0.04",
                "Pixels         | standard | input_pixels 1048576                                | 0.019922944",
                "Embedding      | standard | in 1000000                                          | 0.02",
                "Whisper        | standard | input_seconds 12.5                                  | 0.00125",
                "Speech         | standard | input_characters 1000                               | 0.015",
                "Video          | standard | video_output_seconds 8 output_seconds 8             | 0.8",
                "OCR            | standard | pages 10 annotated_pages 2                          | 0.016",
                "Sonar          | standard | in 1000 out 500 requests 1                          | 0.0065",
                "Sonar          | standard | in 0 searches 3 low_context_searches 1 high_context_searches 1 | 0.025",
                // counts of another measure than what is charged for cost nothing on top
                "GPT-4o         | standard | in 1000 input_images 2 input_characters 4000        | 0.0025",
                // unknown
                "Embedding      | standard | in 1000 out 1                                       | -",
                "GPT-4o         | standard | in 1000 searches 1                                  | -",
                "GPT-4o         | standard | input_images 2                                      | -",
                "Unknown        | standard | in 1                                                | -",
            })
    void aCallCosts(String list, String tier, String counts, @Nullable BigDecimal cost) {
        Optional<BigDecimal> found = list(list).cost(usage(counts), ServiceTier.of(tier));

        assertThat(found).isEqualTo(Optional.ofNullable(cost));
    }

    @Test
    void theLinesSayWhatEachCountCosts() {
        assertThat(list("Claude Sonnet").lines(usage("in 1000000 write 1000000 write_1h 400000"), ServiceTier.STANDARD))
                .extracting(
                        CostLine::unit, CostLine::count, line -> line.amount().orElseThrow())
                .containsExactly(
                        tuple(CACHE_WRITE_TOKENS, new BigDecimal("600000"), new BigDecimal("2.25")),
                        tuple(CACHE_WRITE_1H_TOKENS, new BigDecimal("400000"), new BigDecimal("2.4")));
    }

    @Test
    void aLineNamesTheRateThatStoodIn() {
        List<CostLine> lines = PRICES.lines(usage("in 10 write 10"), ServiceTier.FLEX);

        assertThat(lines)
                .containsExactly(new CostLine(
                        CACHE_WRITE_TOKENS,
                        BigDecimal.TEN,
                        Optional.of(Rate.of(INPUT_TOKENS, new BigDecimal("0.0000025")))));
    }

    @Test
    void pricesAreExact() {
        String sixteenDecimals = "0.0000000123456789";
        ModelPrices prices = ModelPrices.unknown().each(INPUT_TOKENS, sixteenDecimals);

        assertThat(prices.cost(usage("in 3"), ServiceTier.STANDARD)).contains(new BigDecimal("0.0000000370370367"));
    }

    @Test
    void theGreatestNumbersOfTokensDoNotOverflow() {
        assertThat(PRICES.cost(usage("in 1000000000000000000 out 1000000000000000000"), ServiceTier.STANDARD))
                .contains(new BigDecimal("12500000000000"));
    }

    @Test
    void pricesAreWrittenAndReadAsJson() {
        ModelPrices prices = list("Gemini 3 Pro");

        assertThat(prices.toJson()).isEqualTo(Json.parse("""
                        [{"unit": "input_tokens", "usd": 0.000002},
                         {"unit": "input_tokens", "usd": 0.000004, "above": 200000},
                         {"unit": "input_tokens", "usd": 0.0000036, "tier": "priority"},
                         {"unit": "input_tokens", "usd": 0.0000072, "tier": "priority", "above": 200000},
                         {"unit": "output_tokens", "usd": 0.000012},
                         {"unit": "output_tokens", "usd": 0.000018, "above": 200000},
                         {"unit": "output_tokens", "usd": 0.0000216, "tier": "priority"},
                         {"unit": "output_tokens", "usd": 0.0000324, "tier": "priority", "above": 200000}]
                        """));
        LISTS.values().forEach(list -> assertThat(
                        ModelPrices.ofJson(Json.parse(list.toJson().text())))
                .isEqualTo(list));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "[{\"unit\": \"input_tokens\"}]",
                "[{\"unit\": \"tokens\", \"usd\": 1}]",
                "[{\"unit\": \"requests\", \"usd\": \"1\"}]",
                "[{\"unit\": \"requests\", \"usd\": -1}]",
                "[{\"unit\": \"requests\", \"usd\": 1, \"tier\": \"slow\"}]",
                "[{\"unit\": \"requests\", \"usd\": 1, \"above\": 1.5}]",
                "[{\"unit\": \"requests\", \"usd\": 1, \"below\": 1}]",
                "[{\"unit\": \"requests\", \"usd\": 1}, {\"unit\": \"requests\", \"usd\": 2}]",
            })
    void aDocumentThatIsNoPriceListIsRefused(String document) {
        blamesRates(() -> ModelPrices.ofJson(Json.parse(document)));
    }

    @Test
    void pricesOutOfRangeAreRefused() {
        blamesRates(() -> ModelPrices.perMillion("-0.01", "1"));
        blamesRates(() -> ModelPrices.perMillion("1", "1000000000000"));
        blamesRates(() -> PRICES.each(INPUT_TOKENS, "1e-31"));
        blamesRates(() -> PRICES.each(INPUT_TOKENS, "1e-1000000"));
        blamesRates(() -> ModelPrices.perMillion("cheap", "1"));
        blamesRates(() -> PRICES.above(-1, PRICES));
        assertThat(PRICES.each(INPUT_TOKENS, "1.000000000000000000000000000000000000"))
                .isEqualTo(PRICES.each(INPUT_TOKENS, "1"));
    }

    @Test
    void aPriceIsSetOnceForAUnitATierAndALength() {
        assertThat(PRICES.perMillion(INPUT_TOKENS, "7").rates()).hasSize(3);
        assertThat(PRICES.perMillion(CACHED_INPUT_TOKENS, (BigDecimal) null))
                .isEqualTo(ModelPrices.perMillion("2.5", "10"));
        assertThat(PRICES.perMillion(OUTPUT_TOKENS)).contains(new BigDecimal("10"));
        assertThat(PRICES.perMillion(CACHE_WRITE_TOKENS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "BATCH, batch",
        "flex, flex",
        "ON_DEMAND_PRIORITY, priority",
        "default, standard",
        "auto, standard",
        "scale, standard",
        "PROVISIONED_THROUGHPUT, standard"
    })
    void aTierIsKnownByTheWordsOfProviders(String reported, String tier) {
        assertThat(ServiceTier.of(reported).code()).isEqualTo(tier);
    }

    private static final Map<String, UsageUnit> SHORT = Map.ofEntries(
            Map.entry("in", INPUT_TOKENS),
            Map.entry("cached", CACHED_INPUT_TOKENS),
            Map.entry("write", CACHE_WRITE_TOKENS),
            Map.entry("write_1h", CACHE_WRITE_1H_TOKENS),
            Map.entry("audio_in", AUDIO_INPUT_TOKENS),
            Map.entry("cached_audio", CACHED_AUDIO_INPUT_TOKENS),
            Map.entry("image_in", UsageUnit.IMAGE_INPUT_TOKENS),
            Map.entry("cached_image", UsageUnit.CACHED_IMAGE_INPUT_TOKENS),
            Map.entry("out", OUTPUT_TOKENS),
            Map.entry("reasoning", UsageUnit.REASONING_TOKENS),
            Map.entry("audio_out", UsageUnit.AUDIO_OUTPUT_TOKENS));

    private static ModelPrices list(String name) {
        return Objects.requireNonNull(LISTS.get(name), name);
    }

    private static Map<UsageUnit, BigDecimal> usage(String counts) {
        Map<UsageUnit, BigDecimal> usage = new EnumMap<>(UsageUnit.class);
        List<String> words = Arrays.asList(counts.strip().split(" +"));
        for (int i = 0; i < words.size(); i += 2) {
            String word = words.get(i).toLowerCase(Locale.ROOT);
            UsageUnit shortened = SHORT.get(word);
            UsageUnit unit = shortened == null ? UsageUnit.ofCode(word).orElseThrow() : shortened;
            usage.put(unit, new BigDecimal(words.get(i + 1)));
        }
        return usage;
    }

    private static void blamesRates(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo("rates"));
    }
}
