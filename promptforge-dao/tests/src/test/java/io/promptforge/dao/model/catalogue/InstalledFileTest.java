package io.promptforge.dao.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.CatalogueResult;
import io.promptforge.dao.model.ModelCatalogue;
import io.promptforge.dao.model.ModelMatch;
import io.promptforge.dao.model.ModelRepository;
import io.promptforge.dao.model.UsageUnit;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A price list with one model at several providers, installed: which of them a name in telemetry means. */
class InstalledFileTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final LocalDate DAY = LocalDate.of(2024, 7, 24);
    private static final ModelRepository MODELS = DATABASE.newTenant().tenant().models();

    private static final CatalogueFile FILE = CatalogueFile.read(Json.parse("""
            {
              "gpt-4o": {"litellm_provider": "openai", "input_cost_per_token": 1e-06},
              "azure/gpt-4o": {"litellm_provider": "azure", "input_cost_per_token": 2e-06},
              "azure/eu/gpt-4o": {"litellm_provider": "azure", "input_cost_per_token": 3e-06},
              "openrouter/openai/gpt-4o": {"litellm_provider": "openrouter", "input_cost_per_token": 4e-06},
              "gemini/gemini-2.5-pro": {"litellm_provider": "gemini", "input_cost_per_token": 5e-06},
              "gemini-2.5-pro": {"litellm_provider": "vertex_ai-language-models", "input_cost_per_token": 6e-06},
              "anthropic.claude-haiku-4-5-20251001-v1:0": {"litellm_provider": "bedrock", "input_cost_per_token": 7e-06},
              "eu.anthropic.claude-haiku-4-5-20251001-v1:0": {"litellm_provider": "bedrock_converse", "input_cost_per_token": 8e-06},
              "claude-haiku-4-5-20251001": {"litellm_provider": "anthropic", "input_cost_per_token": 9e-06},
              "qwen-t": {"litellm_provider": "dashscope", "input_cost_per_token": 1e-06},
              "novita/qwen-t": {"litellm_provider": "novita", "input_cost_per_token": 2e-06}
            }
            """), DAY);

    @BeforeAll
    static void install() {
        MODELS.installCatalogue(FILE.catalogue());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "gpt-4o, openai, 1",
                "gpt-4o, azure.ai.openai, 2",
                "azure/gpt-4o, -, 2",
                "azure/eu/gpt-4o, -, 3",
                "openai/gpt-4o, openrouter, 4",
                "gpt-4o, -, 1",
                "gpt-4o-2024-11-20, -, 1",
                "gemini-2.5-pro, gcp.gemini, 5",
                "models/gemini-2.5-pro, google, 5",
                "gemini-2.5-pro, -, 5",
                "gemini-2.5-pro, gcp.vertex_ai, 6",
                "publishers/google/models/gemini-2.5-pro, vertex_ai, 6",
                "bedrock/us-east-1/anthropic.claude-haiku-4-5-20251001-v1:0, aws.bedrock, 7",
                "arn:aws:bedrock:eu-west-1:1:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0, aws.bedrock, 8",
                "claude-haiku-4-5, -, 9",
                "qwen-t, novita, 2"
            })
    void aNameMeansTheModelOfItsProvider(String name, @Nullable String provider, String usd) {
        ModelMatch match = MODELS.resolve(name, provider).orElseThrow();

        assertThat(match.model().prices().perMillion(UsageUnit.INPUT_TOKENS).orElseThrow())
                .isEqualByComparingTo(usd);
    }

    @Test
    void aNameThatSeveralProvidersHaveAtOtherPricesMeansNone() {
        assertThat(MODELS.resolve("qwen-t", null)).isEmpty();
    }

    @Test
    void aPriceListContinuesTheStandardCatalogue() {
        ModelRepository models = DATABASE.newTenant().tenant().models();
        models.installCatalogue(
                ModelCatalogue.of(DAY.minusDays(1), ModelCatalogue.standard().providers()));

        CatalogueResult result = models.installCatalogue(FILE.catalogue());

        assertThat(result.models().added()).hasSize(8);
        assertThat(models.resolve("gpt-4o", "openai")
                        .orElseThrow()
                        .model()
                        .prices()
                        .perMillion(UsageUnit.INPUT_TOKENS))
                .hasValueSatisfying(usd -> assertThat(usd).isEqualByComparingTo("1"));
    }
}
