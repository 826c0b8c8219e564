package io.promptforge.dao.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.CatalogueModel;
import io.promptforge.dao.model.CatalogueProvider;
import io.promptforge.dao.model.ModelCapability;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.ServiceTier;
import io.promptforge.dao.model.UsageUnit;
import io.promptforge.schema.type.ProviderType;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries as LiteLLM's list has them, written by hand. */
class LiteLlmFileTest {
    private static final LocalDate DAY = LocalDate.of(2026, 7, 24);

    @Test
    void anEntryBecomesAModelOfItsProvider() {
        CatalogueFile file = read("""
                {
                  "sample_spec": {"litellm_provider": "one of them", "input_cost_per_token": "what it costs"},
                  "claude-test-1": {
                    "litellm_provider": "anthropic", "mode": "chat",
                    "max_input_tokens": 200000, "max_output_tokens": 64000, "max_tokens": 64000,
                    "input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05,
                    "cache_read_input_token_cost": 3e-07,
                    "cache_creation_input_token_cost": 3.75e-06,
                    "cache_creation_input_token_cost_above_1hr": 6e-06,
                    "search_context_cost_per_query":
                        {"search_context_size_low": 0.01, "search_context_size_medium": 0.02, "search_context_size_high": 0.03},
                    "supports_function_calling": true, "supports_vision": true, "supports_native_streaming": true,
                    "deprecation_date": "2027-01-01"
                  }
                }
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.entries()).isEqualTo(1);
        assertThat(file.catalogue().edition()).isEqualTo(DAY);
        CatalogueProvider provider = file.catalogue().providers().get(0);
        assertThat(provider.key()).isEqualTo("anthropic");
        assertThat(provider.name()).isEqualTo("Anthropic");
        assertThat(provider.type()).isEqualTo(ProviderType.ANTHROPIC);
        CatalogueModel model = provider.models().get(0);
        assertThat(model.providerModelId()).isEqualTo("claude-test-1");
        assertThat(model.aliases()).isEmpty();
        assertThat(model.contextLength()).hasValue(200_000);
        assertThat(model.capabilities()).containsExactlyInAnyOrder(ModelCapability.values());
        assertThat(model.deprecated()).isTrue();
        assertThat(model.prices())
                .isEqualTo(ModelPrices.perMillion("3", "15", "0.3")
                        .perMillion(UsageUnit.CACHE_WRITE_TOKENS, "3.75")
                        .perMillion(UsageUnit.CACHE_WRITE_1H_TOKENS, "6")
                        .each(UsageUnit.LOW_CONTEXT_SEARCHES, "0.01")
                        .each(UsageUnit.SEARCHES, "0.02")
                        .each(UsageUnit.HIGH_CONTEXT_SEARCHES, "0.03"));
    }

    @Test
    void lengthOfThePromptAndServiceTierStandBehindTheKindOfPrice() {
        ModelPrices prices = onlyModel(read("""
                {"gemini/test-pro": {
                  "litellm_provider": "gemini",
                  "input_cost_per_token": 1.25e-06,
                  "input_cost_per_token_above_200k_tokens": 2.5e-06,
                  "input_cost_per_token_batches": 6.25e-07,
                  "input_cost_per_token_priority": 2e-06,
                  "output_cost_per_token_flex": 5e-06,
                  "cache_creation_input_token_cost_above_1hr_above_200k_tokens": 9e-06,
                  "input_cost_per_token_above_200k_tokens_priority": 4e-06
                }}
                """)).prices();

        assertThat(prices)
                .isEqualTo(input("1.25")
                        .above(
                                200_000,
                                input("2.5")
                                        .perMillion(UsageUnit.CACHE_WRITE_1H_TOKENS, "9")
                                        .tier(ServiceTier.PRIORITY, input("4")))
                        .tier(ServiceTier.BATCH, input("0.625"))
                        .tier(ServiceTier.PRIORITY, input("2"))
                        .tier(ServiceTier.FLEX, ModelPrices.unknown().perMillion(UsageUnit.OUTPUT_TOKENS, "5")));
    }

    @Test
    void tieredPricesHoldFromTheBeginningOfTheirRangeOn() {
        ModelPrices prices = onlyModel(read("""
                {"dashscope/test": {
                  "litellm_provider": "dashscope",
                  "tiered_pricing": [
                    {"input_cost_per_token": 3e-07, "output_cost_per_reasoning_token": 4e-06, "range": [0, 32000.0]},
                    {"input_cost_per_token": 5e-07, "output_cost_per_reasoning_token": 8e-06, "range": [32000.0, 128000.0]}
                  ]
                }}
                """)).prices();

        assertThat(prices)
                .isEqualTo(input("0.3")
                        .perMillion(UsageUnit.REASONING_TOKENS, "4")
                        .above(32_000, input("0.5").perMillion(UsageUnit.REASONING_TOKENS, "8")));
    }

    @ParameterizedTest
    @CsvSource({
        "input_cost_per_audio_token, AUDIO_INPUT_TOKENS",
        "output_cost_per_audio_token, AUDIO_OUTPUT_TOKENS",
        "cache_read_input_audio_token_cost, CACHED_AUDIO_INPUT_TOKENS",
        "cache_creation_input_audio_token_cost, CACHE_WRITE_AUDIO_TOKENS",
        "input_cost_per_token_cache_hit, CACHED_INPUT_TOKENS",
        "input_cost_per_image_token, IMAGE_INPUT_TOKENS",
        "output_cost_per_image_token, IMAGE_OUTPUT_TOKENS",
        "output_cost_per_video_token, VIDEO_OUTPUT_TOKENS",
        "citation_cost_per_token, CITATION_TOKENS",
        "input_cost_per_image, INPUT_IMAGES",
        "output_cost_per_image, OUTPUT_IMAGES",
        "input_cost_per_pixel, INPUT_PIXELS",
        "output_cost_per_pixel, OUTPUT_PIXELS",
        "input_cost_per_character, INPUT_CHARACTERS",
        "output_cost_per_character, OUTPUT_CHARACTERS",
        "input_cost_per_second, INPUT_SECONDS",
        "output_cost_per_second, OUTPUT_SECONDS",
        "input_cost_per_audio_per_second, AUDIO_INPUT_SECONDS",
        "input_cost_per_video_per_second, VIDEO_INPUT_SECONDS",
        "output_cost_per_video_per_second, VIDEO_OUTPUT_SECONDS",
        "input_cost_per_query, REQUESTS",
        "input_cost_per_request, REQUESTS",
        "ocr_cost_per_page, PAGES",
        "annotation_cost_per_page, ANNOTATED_PAGES",
        "code_interpreter_cost_per_session, SESSIONS"
    })
    void aPriceIsTakenForItsUnitWithAllDecimals(String field, UsageUnit unit) {
        CatalogueFile file =
                read("{\"a/b\": {\"litellm_provider\": \"a\", \"%s\": 1.4285714285714286e-07}}".formatted(field));

        assertThat(file.problems()).isEmpty();
        assertThat(onlyModel(file).prices()).isEqualTo(ModelPrices.unknown().each(unit, "0.00000014285714285714286"));
    }

    @Test
    void aPriceOfZeroIsAPriceAndAnAbsentOneIsUnknown() {
        CatalogueFile file = read("""
                {"ollama/free": {"litellm_provider": "ollama", "input_cost_per_token": 0.0},
                 "ollama/unknown": {"litellm_provider": "ollama"}}
                """);

        assertThat(file.exactEntries()).isEqualTo(2);
        assertThat(file.catalogue().providers().get(0).models())
                .extracting(CatalogueModel::prices)
                .containsExactly(input("0"), ModelPrices.unknown());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"regional_processing_uplift_multiplier_eu\": 1.1 | regional_processing_uplift_multiplier_eu",
                "\"provider_specific_entry\": {\"fast\": 6.0} | provider_specific_entry",
                "\"tiered_pricing\": [{\"input_cost_per_query\": 0.005, \"max_results_range\": [0, 25]}] | tiered_pricing",
                "\"output_cost_per_second_1080p\": 0.08 | output_cost_per_second_1080p",
                "\"input_cost_per_video_per_second_above_8s_interval\": 0.001 | input_cost_per_video_per_second_above_8s_interval",
                "\"ocr_cost_per_credit\": 0.015 | ocr_cost_per_credit",
                "\"output_cost_per_token\": \"2e-06\" | output_cost_per_token",
                "\"output_cost_per_token\": -1 | output_cost_per_token",
                "\"input_cost_per_query\": 0.1, \"input_cost_per_request\": 0.2 | input_cost_per_request"
            })
    void whatCannotBeExpressedIsReportedAndTheRestIsTaken(String members, String field) {
        CatalogueFile file = read(
                "{\"a/b\": {\"litellm_provider\": \"a\", \"input_cost_per_token\": 1e-06, %s}}".formatted(members));

        assertThat(file.problems()).extracting(CatalogueProblem::entry).containsExactly("a/b");
        assertThat(file.problems()).extracting(CatalogueProblem::field).containsExactly(field);
        assertThat(file.exactEntries()).isZero();
        assertThat(onlyModel(file).prices().perMillion(UsageUnit.INPUT_TOKENS))
                .hasValueSatisfying(usd -> assertThat(usd).isEqualByComparingTo("1"));
    }

    @Test
    void whatIsNoPriceIsNoProblem() {
        CatalogueFile file = read("""
                {"databricks/x": {
                  "litellm_provider": "databricks", "input_cost_per_token": 1e-06, "input_dbu_cost_per_token": 1.429e-05,
                  "provider_specific_entry": {"bedrock_invocation_schema": "v2"}, "web_search_billing_unit": "per_query",
                  "rpm": 10, "supports_reasoning": true, "metadata": {"notes": "at cost"}
                }}
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(onlyModel(file).prices()).isEqualTo(input("1"));
    }

    @Test
    void anEntryThatIsNoModelIsReported() {
        CatalogueFile file = read("{\"rules\": {\"rules\": []}, \"text\": \"x\"}");

        assertThat(file.problems())
                .extracting(CatalogueProblem::entry, CatalogueProblem::field)
                .containsExactly(tuple("rules", "litellm_provider"), tuple("text", "litellm_provider"));
        assertThat(file.catalogue().providers()).isEmpty();
    }

    @Test
    void endpointsOfAProviderAreOneProviderWhosePrefixIsLeftOutOfTheNames() {
        CatalogueFile file = read("""
                {"azure/gpt-t": {"litellm_provider": "azure"},
                 "azure/eu/gpt-t": {"litellm_provider": "azure"},
                 "gpt-t": {"litellm_provider": "openai"},
                 "vertex_ai/claude-t": {"litellm_provider": "vertex_ai-anthropic_models"},
                 "vertex_ai/mistral-t": {"litellm_provider": "vertex_ai-mistral_models"},
                 "anthropic.claude-t-v1:0": {"litellm_provider": "bedrock_converse"},
                 "text-completion-openai/old-t": {"litellm_provider": "text-completion-openai"}}
                """);

        assertThat(file.catalogue().providers())
                .extracting(CatalogueProvider::key, provider -> provider.models().stream()
                        .map(CatalogueModel::providerModelId)
                        .toList())
                .containsExactly(
                        tuple("azure", List.of("gpt-t", "eu/gpt-t")),
                        tuple("openai", List.of("gpt-t", "text-completion-openai/old-t")),
                        tuple("vertex_ai", List.of("claude-t", "mistral-t")),
                        tuple("bedrock", List.of("anthropic.claude-t-v1:0")));
        assertThat(file.catalogue().providers().get(0).models().get(0).aliases())
                .containsExactly("azure/gpt-t");
    }

    @Test
    void anEntryKeepsItsWholeNameIfAnotherHasTheShortOne() {
        CatalogueFile file = read("""
                {"deepseek/chat-t": {"litellm_provider": "deepseek", "input_cost_per_token": 1e-06},
                 "deepseek-t": {"litellm_provider": "deepseek"},
                 "chat-t": {"litellm_provider": "deepseek", "input_cost_per_token": 2e-06}}
                """);

        assertThat(file.catalogue().providers().get(0).models())
                .extracting(CatalogueModel::providerModelId)
                .containsExactly("deepseek/chat-t", "deepseek-t", "chat-t");
    }

    private static ModelPrices input(String usd) {
        return ModelPrices.unknown().perMillion(UsageUnit.INPUT_TOKENS, usd);
    }

    private static CatalogueFile read(String text) {
        return CatalogueFile.read(Json.parse(text), DAY);
    }

    private static CatalogueModel onlyModel(CatalogueFile file) {
        return file.catalogue().providers().get(0).models().get(0);
    }
}
