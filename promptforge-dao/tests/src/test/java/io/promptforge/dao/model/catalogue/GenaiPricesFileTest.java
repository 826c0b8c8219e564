package io.promptforge.dao.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.CatalogueModel;
import io.promptforge.dao.model.CatalogueProvider;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.UsageUnit;
import io.promptforge.schema.type.ProviderType;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers and models as genai-prices publishes them, written by hand. */
class GenaiPricesFileTest {
    private static final LocalDate DAY = LocalDate.of(2026, 8, 21);

    @Test
    void aModelHasItsProvidersNameItsPricesAndWhatItIsMatchedBy() {
        CatalogueFile file = read("""
                [{
                  "id": "google", "name": "Google", "api_pattern": "https://.*", "pricing_urls": ["https://example.com"],
                  "extractors": [{"root": "usage"}],
                  "models": [{
                    "id": "gemini-t-pro", "name": "Gemini T Pro", "description": "A model.", "context_window": 1000000,
                    "match": {"or": [
                      {"equals": "gemini-t-pro"}, {"equals": "gemini-t-pro-latest"}, {"starts_with": "gemini-t-pro-0"},
                      {"contains": "t-pro-preview"}, {"ends_with": "/t-pro"}
                    ]},
                    "prices": {
                      "input_mtok": {"base": 1.25, "tiers": [{"start": 200000, "price": 2.5}]},
                      "cache_read_mtok": 0.31, "requests_kcount": 35, "web_searches_kcount": 14
                    },
                    "deprecated": true
                  }]
                }]
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.entries()).isEqualTo(1);
        assertThat(file.catalogue().edition()).isEqualTo(DAY);
        CatalogueProvider provider = file.catalogue().providers().get(0);
        assertThat(provider.key()).isEqualTo("google");
        assertThat(provider.name()).isEqualTo("Google");
        assertThat(provider.type()).isEqualTo(ProviderType.GOOGLE);
        CatalogueModel model = provider.models().get(0);
        assertThat(model.providerModelId()).isEqualTo("gemini-t-pro");
        assertThat(model.name()).isEqualTo("Gemini T Pro");
        assertThat(model.description()).contains("A model.");
        assertThat(model.contextLength()).hasValue(1_000_000);
        assertThat(model.deprecated()).isTrue();
        assertThat(model.aliases())
                .containsExactly("gemini-t-pro-latest", "gemini-t-pro-0*", "*t-pro-preview*", "*/t-pro");
        assertThat(model.prices())
                .isEqualTo(input("1.25")
                        .perMillion(UsageUnit.CACHED_INPUT_TOKENS, "0.31")
                        .above(200_000, input("2.5"))
                        .each(UsageUnit.REQUESTS, "0.035")
                        .each(UsageUnit.SEARCHES, "0.014"));
    }

    @ParameterizedTest
    @CsvSource({
        "output_mtok, OUTPUT_TOKENS",
        "cache_write_mtok, CACHE_WRITE_TOKENS",
        "cache_write_1h_mtok, CACHE_WRITE_1H_TOKENS",
        "output_reasoning_mtok, REASONING_TOKENS",
        "input_audio_mtok, AUDIO_INPUT_TOKENS",
        "cache_audio_read_mtok, CACHED_AUDIO_INPUT_TOKENS",
        "output_audio_mtok, AUDIO_OUTPUT_TOKENS",
        "input_image_mtok, IMAGE_INPUT_TOKENS",
        "cache_image_read_mtok, CACHED_IMAGE_INPUT_TOKENS",
        "output_image_mtok, IMAGE_OUTPUT_TOKENS",
        "input_video_mtok, VIDEO_INPUT_TOKENS",
        "output_video_mtok, VIDEO_OUTPUT_TOKENS",
        "output_citation_mtok, CITATION_TOKENS"
    })
    void aPriceOfAMillionTokensIsTakenForItsUnit(String field, UsageUnit unit) {
        assertThat(onlyModel(file("{\"%s\": 0.0123456789}".formatted(field))).prices())
                .isEqualTo(ModelPrices.unknown().perMillion(unit, "0.0123456789"));
    }

    @Test
    void pricesThatBeginOnADayHoldFromThatDayOn() {
        CatalogueModel model = onlyModel(file("""
                [{"constraint": null, "prices": {"input_mtok": 10}},
                 {"constraint": {"start_date": "2026-09-01"}, "prices": {"input_mtok": 3}},
                 {"constraint": {"start_date": "2025-06-10"}, "prices": {"input_mtok": 2}}]
                """));

        assertThat(model.prices()).isEqualTo(input("10"));
        assertThat(model.laterPrices())
                .as("the last of the list that have begun hold")
                .isEqualTo(Map.of(LocalDate.of(2025, 6, 10), input("2"), LocalDate.of(2026, 9, 1), input("2")));
    }

    @Test
    void beforeAllDaysTheFirstPricesHold() {
        CatalogueModel model = onlyModel(
                file("[{\"constraint\": {\"start_date\": \"2026-09-01\"}, \"prices\": {\"input_mtok\": 3}}]"));

        assertThat(model.prices()).isEqualTo(input("3"));
    }

    @Test
    void pricesByTheTimeOfTheDayAreReportedAndTheOthersTaken() {
        CatalogueFile file = file("""
                [{"prices": {"input_mtok": 0.27}},
                 {"constraint": {"start_time": "00:30:00Z", "end_time": "16:30:00Z"}, "prices": {"input_mtok": 0.135}}]
                """);

        assertThat(file.problems()).extracting(CatalogueProblem::entry).containsExactly("acme/m");
        assertThat(file.problems()).extracting(CatalogueProblem::field).containsExactly("constraint");
        assertThat(onlyModel(file).prices()).isEqualTo(input("0.27"));
        assertThat(onlyModel(file).laterPrices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"input_ktok\": 1} | input_ktok",
                "{\"input_mtok\": \"1\"} | input_mtok",
                "{\"input_mtok\": {\"base\": 1, \"tiers\": [{\"price\": 2}]}} | input_mtok",
                "[{\"constraint\": {\"start_date\": \"soon\"}, \"prices\": {}}] | constraint"
            })
    void whatCannotBeExpressedIsReported(String prices, String field) {
        assertThat(file(prices).problems()).extracting(CatalogueProblem::field).containsExactly(field);
        assertThat(file(prices).exactEntries()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"regex\": \"^m-\\\\d$\"}", "{\"and\": [{\"contains\": \"m\"}]}", "{\"equals\": \"m*\"}"})
    void aRuleThatIsNoAliasIsReportedAndThePricesAreTaken(String match) {
        CatalogueFile file = read(
                "[{\"id\": \"acme\", \"models\": [{\"id\": \"m\", \"match\": %s, \"prices\": {\"input_mtok\": 1}}]}]"
                        .formatted(match));

        assertThat(file.problems()).extracting(CatalogueProblem::field).containsExactly("match");
        assertThat(onlyModel(file).aliases()).isEmpty();
        assertThat(onlyModel(file).prices()).isEqualTo(input("1"));
    }

    @Test
    void moreAliasesThanAModelHasAreReported() {
        StringBuilder rules = new StringBuilder("{\"equals\": \"m\"}");
        for (int i = 0; i < 60; i++) {
            rules.append(", {\"equals\": \"m-").append(i).append("\"}");
        }
        CatalogueFile file =
                read("[{\"id\": \"acme\", \"models\": [{\"id\": \"m\", \"match\": {\"or\": [%s]}, \"prices\": {}}]}]"
                        .formatted(rules));

        assertThat(file.problems()).extracting(CatalogueProblem::field).containsExactly("match");
        assertThat(onlyModel(file).aliases()).hasSize(50).endsWith("m-49");
    }

    @Test
    void aModelWithoutPricesIsAnEntry() {
        assertThat(file("{}").exactEntries()).isEqualTo(1);
        assertThat(onlyModel(file("{}")).prices().isUnknown()).isTrue();
    }

    @Test
    void aFileOfNoFormatIsRefused() {
        assertThatThrownBy(() -> read("7"))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("catalogue"));
    }

    @Test
    void theOwnFormatIsRecognised() {
        CatalogueFile file = read("""
                {"edition": "2026-01-01", "providers": [{"key": "acme", "name": "Acme", "type": "custom",
                    "models": [{"provider_model_id": "m", "name": "M"}]}]}
                """);

        assertThat(file.entries()).isEqualTo(1);
        assertThat(file.catalogue().edition()).isEqualTo(LocalDate.of(2026, 1, 1));
    }

    private static CatalogueFile file(String prices) {
        return read(
                "[{\"id\": \"acme\", \"models\": [{\"id\": \"m\", \"match\": {\"equals\": \"m\"}, \"prices\": %s}]}]"
                        .formatted(prices));
    }

    private static CatalogueFile read(String text) {
        return CatalogueFile.read(Json.parse(text), DAY);
    }

    private static ModelPrices input(String usd) {
        return ModelPrices.unknown().perMillion(UsageUnit.INPUT_TOKENS, usd);
    }

    private static CatalogueModel onlyModel(CatalogueFile file) {
        return file.catalogue().providers().get(0).models().get(0);
    }
}
