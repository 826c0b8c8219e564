package io.promptforge.dao.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ProviderType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCatalogueTest {

    @Test
    void theStandardCatalogueHasTheWellKnownProviders() {
        ModelCatalogue standard = ModelCatalogue.standard();

        assertThat(standard.edition()).isEqualTo(LocalDate.of(2025, 12, 1));
        assertThat(standard.providers())
                .extracting(CatalogueProvider::type)
                .containsExactly(
                        ProviderType.OPENAI,
                        ProviderType.ANTHROPIC,
                        ProviderType.GOOGLE,
                        ProviderType.COHERE,
                        ProviderType.HUGGINGFACE);
        assertThat(standard.providers())
                .allSatisfy(provider -> assertThat(provider.models()).isNotEmpty());
        assertThat(standard.toString()).hasSizeLessThan(200).contains("2025-12-01", "OpenAI");
    }

    @Test
    void pricesOfTheStandardCatalogueArePlausible() {
        assertThat(ModelCatalogue.standard().providers())
                .filteredOn(provider -> provider.type() != ProviderType.HUGGINGFACE)
                .flatExtracting(CatalogueProvider::models)
                .extracting(CatalogueModel.class::cast)
                .allSatisfy(model -> {
                    assertThat(model.prices().perMillion(UsageUnit.INPUT_TOKENS))
                            .isPresent();
                    assertThat(model.prices()
                                    .perMillion(UsageUnit.OUTPUT_TOKENS)
                                    .isPresent())
                            .isEqualTo(model.capabilities().contains(ModelCapability.STREAMING));
                    model.prices().perMillion(UsageUnit.OUTPUT_TOKENS).ifPresent(output -> assertThat(output)
                            .isGreaterThan(model.prices()
                                    .perMillion(UsageUnit.INPUT_TOKENS)
                                    .orElseThrow()));
                    model.prices().perMillion(UsageUnit.CACHED_INPUT_TOKENS).ifPresent(cached -> assertThat(cached)
                            .isLessThan(model.prices()
                                    .perMillion(UsageUnit.INPUT_TOKENS)
                                    .orElseThrow()));
                });
    }

    /** Counts and sums are those of the providers' own examples and lists. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "claude-sonnet-4-5-20250929 | standard | input_tokens=1000000, cache_write_tokens=1000000 | 3.75",
                "claude-sonnet-4-5-20250929 | standard | input_tokens=1000000, cache_write_tokens=1000000, cache_write_1h_tokens=400000 | 4.65",
                "claude-sonnet-4-5-20250929 | batch | input_tokens=1000000, output_tokens=1000000 | 9",
                "claude-opus-4-5-20251101 | standard | cached_input_tokens=1000000, input_tokens=1000000 | 0.5",
                "claude-haiku-4-5-20251001 | standard | searches=2 | 0.02",
                "gemini-2.5-pro | standard | input_tokens=200000 | 0.25",
                "gemini-2.5-pro | standard | input_tokens=250000 | 0.625",
                "gemini-2.5-pro | standard | input_tokens=250000, output_tokens=1000 | 0.64",
                "gemini-2.5-pro | batch | input_tokens=250000, output_tokens=1000 | 0.32",
                "gemini-2.5-flash | standard | input_tokens=1000, audio_input_tokens=1000 | 0.001",
                "gpt-4o | standard | input_tokens=1000000, output_tokens=1000000 | 12.5",
                "gpt-4o | batch | input_tokens=1000000, output_tokens=1000000 | 6.25",
                "gpt-4o | priority | input_tokens=1000000, cached_input_tokens=1000000 | 2.125",
                "gpt-4o-2024-05-13 | standard | input_tokens=1000000, output_tokens=1000000 | 20",
                "gpt-5 | flex | input_tokens=1000000, output_tokens=1000000 | 5.625",
                "gpt-4o-audio-preview | standard | input_tokens=1000, audio_input_tokens=1000 | 0.04",
                "gpt-audio | standard | output_tokens=1000, audio_output_tokens=1000 | 0.064",
                "text-embedding-3-small | batch | input_tokens=1000000 | 0.01"
            })
    void theStandardCatalogueChargesWhatTheProvidersCharge(String model, String tier, String counts, String usd) {
        Map<UsageUnit, BigDecimal> usage = Stream.of(counts.split(", "))
                .map(count -> count.split("="))
                .collect(Collectors.toMap(
                        count -> UsageUnit.ofCode(count[0]).orElseThrow(), count -> new BigDecimal(count[1])));

        ModelPrices prices = ModelCatalogue.standard().providers().stream()
                .flatMap(provider -> provider.models().stream())
                .filter(each -> each.providerModelId().equals(model))
                .findFirst()
                .orElseThrow()
                .prices();

        assertThat(prices.cost(usage, ServiceTier.of(tier)).orElseThrow()).isEqualByComparingTo(usd);
    }

    @Test
    void aCatalogueIsReadFromADocument() {
        ModelCatalogue catalogue = ModelCatalogue.parse(Json.parse("""
                {"edition": "2026-02-03", "about": "ours", "providers": [
                  {"key": "k", "name": "Ours", "type": "custom", "description": "d", "base_url": "http://ours",
                   "models": [
                     {"provider_model_id": "m-1", "name": "M 1"},
                     {"provider_model_id": "m-2", "name": "M 2", "description": "two",
                      "capabilities": ["function_calling", "streaming", "vision"], "context_length": 1000,
                      "prices": {
                        "per_million": {"input_tokens": 0.5, "output_tokens": 3},
                        "each": {"searches": 0.01},
                        "above": {"200000": {"per_million": {"input_tokens": 1}}},
                        "batch": {"per_million": {"input_tokens": 0.25}, "above": {"200000": {"per_million": {"input_tokens": 0.75}}}}},
                      "later_prices": {"2026-09-01": {"per_million": {"input_tokens": 0.1}}},
                      "deprecated": true}]}]}
                """));

        CatalogueModel first = CatalogueModel.of("m-1", "M 1");
        CatalogueModel second = CatalogueModel.of("m-2", "M 2")
                .description("two")
                .capabilities(Set.of(ModelCapability.values()))
                .contextLength(1000)
                .prices(ModelPrices.perMillion("0.5", "3")
                        .each(UsageUnit.SEARCHES, "0.01")
                        .above(200_000, input("1"))
                        .tier(ServiceTier.BATCH, input("0.25").above(200_000, input("0.75"))))
                .pricesFrom(LocalDate.of(2026, 9, 1), input("0.1"))
                .deprecated(true);
        assertThat(catalogue)
                .isEqualTo(ModelCatalogue.of(
                        LocalDate.of(2026, 2, 3),
                        List.of(CatalogueProvider.of("k", "Ours", ProviderType.CUSTOM)
                                .description("d")
                                .baseUrl("http://ours")
                                .models(List.of(first, second)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | catalogue must be a JSON object",
                "{} | catalogue.edition is missing",
                "{\"edition\": \"today\"} | catalogue.edition must be a day",
                "{\"edition\": \"2026-01-01\", \"provider\": []} | unknown member, provider",
                "{\"edition\": \"2026-01-01\", \"providers\": {}} | catalogue.providers must be an array",
                "{\"edition\": \"2026-01-01\", \"providers\": [1]} | catalogue.providers[0] must be a JSON object",
            })
    void aCatalogueOfAnotherFormIsRefused(String text, String complaint) {
        refuses(text, "catalogue", complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"name\": \"M\" | catalogue | models[0].provider_model_id is missing",
                "\"provider_model_id\": \"m\", \"name\": 1 | catalogue | models[0].name must be a text",
                "\"provider_model_id\": \"m\", \"name\": \" \" | name | is blank",
                "\"provider_model_id\": \"m\", \"name\": \"M\", \"prise\": 1 | catalogue | unknown member, prise",
                "\"provider_model_id\": \"m\", \"name\": \"M\", \"deprecated\": 1 | catalogue | true or false",
                "\"provider_model_id\": \"m\", \"name\": \"M\", \"context_length\": 1.5 | catalogue | a whole number",
                "\"provider_model_id\": \"m\", \"name\": \"M\", \"capabilities\": [\"fly\"] | catalogue | known words",
                "\"provider_model_id\": \"m\", \"name\": \"M\", \"prices\": [] | catalogue | a JSON object",
                "\"provider_model_id\": \"m\", \"name\": \"M\", \"prices\": {\"fast\": {}} | catalogue | service tier",
                "\"provider_model_id\": \"m\", \"name\": \"M\", \"prices\": {\"standard\": {}} | catalogue | service tier",
                "\"provider_model_id\": \"m\", \"name\": \"M\", \"prices\": {\"each\": {\"input\": 1}} | catalogue | no unit",
                "\"provider_model_id\": \"m\", \"name\": \"M\", \"prices\": {\"each\": {\"pages\": \"1\"}} | catalogue | a number",
                "\"provider_model_id\": \"m\", \"name\": \"M\", \"prices\": {\"above\": {\"0\": {}}} | catalogue | number of tokens",
                "\"provider_model_id\": \"m\", \"name\": \"M\", \"prices\": {\"each\": {\"pages\": -1}} | rates | 0 or more",
                "\"provider_model_id\": \"m\", \"name\": \"M\", \"later_prices\": {\"soon\": {}} | catalogue | a day",
            })
    void aModelOfAnotherFormIsRefused(String members, String field, String complaint) {
        refuses(catalogue("k", "Ours", "{" + members + "}"), field, complaint);
    }

    @Test
    void duplicateKeysNamesAndModelIdsAreRefused() {
        String model = "{\"provider_model_id\": \"m\", \"name\": \"M\"}";

        refuses(catalogue("k", "Ours", model + ", " + model), "provider_model_id", "m");
        CatalogueProvider one = provider("k", "Ours");
        for (CatalogueProvider other : List.of(provider("k", "Other"), provider("l", "Ours"))) {
            assertThatThrownBy(() -> ModelCatalogue.of(LocalDate.EPOCH, List.of(one, other)))
                    .isInstanceOf(InvalidValueException.class);
        }
    }

    private static ModelPrices input(String usd) {
        return ModelPrices.unknown().perMillion(UsageUnit.INPUT_TOKENS, usd);
    }

    private static CatalogueProvider provider(String key, String name) {
        return CatalogueProvider.of(key, name, ProviderType.CUSTOM);
    }

    private static String catalogue(String key, String name, String models) {
        return """
                {"edition": "2026-01-01", "providers": [
                  {"key": "%s", "name": "%s", "type": "custom", "models": [%s]}]}
                """.formatted(key, name, models);
    }

    private static void refuses(String text, String field, String complaint) {
        assertThatThrownBy(() -> ModelCatalogue.parse(Json.parse(text)))
                .hasMessageContaining(complaint)
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
