package io.promptforge.dao.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ProviderType;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
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

    @Test
    void aCatalogueIsReadFromADocument() {
        ModelCatalogue catalogue = ModelCatalogue.parse(Json.parse("""
                {"edition": "2026-02-03", "about": "ours", "providers": [
                  {"key": "k", "name": "Ours", "type": "custom", "description": "d", "base_url": "http://ours",
                   "models": [
                     {"provider_model_id": "m-1", "name": "M 1"},
                     {"provider_model_id": "m-2", "name": "M 2", "description": "two",
                      "capabilities": ["function_calling", "streaming", "vision"], "context_length": 1000,
                      "input_price_per_million": 0.5, "output_price_per_million": 3,
                      "cached_input_price_per_million": null, "deprecated": true}]}]}
                """));

        CatalogueModel first = CatalogueModel.of("m-1", "M 1");
        CatalogueModel second = CatalogueModel.of("m-2", "M 2")
                .description("two")
                .capabilities(Set.of(ModelCapability.values()))
                .contextLength(1000)
                .prices(ModelPrices.perMillion("0.5", "3"))
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
                "\"provider_model_id\": \"m\", \"name\": \"M\", \"input_price_per_million\": \"1\" | catalogue | a number",
                "\"provider_model_id\": \"m\", \"name\": \"M\", \"input_price_per_million\": -1 |"
                        + " rates | 0 or more",
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
