package io.promptforge.dao.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.schema.type.ProviderType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which model a name in telemetry means, and why. */
class ModelResolutionTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final TestTenant CATALOGUE = DATABASE.newTenant();

    static {
        CATALOGUE.tenant().models().installCatalogue(ModelCatalogue.standard());
    }

    private TestTenant fixture;
    private ModelRepository models;

    @BeforeEach
    void newTenant() {
        fixture = DATABASE.newTenant();
        models = fixture.tenant().models();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o,                                                         openai,        gpt-4o,                     NAME",
        "gpt-4o-2024-08-06,                                              openai,        gpt-4o,                     SPELLING",
        "gpt-4o-2024-05-13,                                              openai,        gpt-4o-2024-05-13,          NAME",
        "azure/gpt-4o-2024-05-13,                                        azure,         gpt-4o-2024-05-13,          SPELLING",
        "GPT-4o,                                                         openai,        gpt-4o,                     SPELLING",
        "openai/gpt-4o,                                                  openrouter,    gpt-4o,                     SPELLING",
        "openai:gpt-4o,                                                  openai,        gpt-4o,                     SPELLING",
        "gpt-4o:latest,                                                  openai,        gpt-4o,                     SPELLING",
        "azure/eu/gpt-4o-2024-11-20,                                     azure,         gpt-4o,                     SPELLING",
        "gpt-4o-mini-2024-07-18,                                         openai,        gpt-4o-mini,                SPELLING",
        "ft:gpt-4o-mini-2024-07-18:org::id,                              openai,        gpt-4o-mini,                FINE_TUNED",
        "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678,     azure,         gpt-4o-mini,                FINE_TUNED",
        "gpt-4.1-nano-2025-04-14,                                        openai,        gpt-4.1-nano,               SPELLING",
        "o4-mini-2025-04-16,                                             openai,        o4-mini,                    SPELLING",
        "gpt-35-turbo,                                                   azure,         gpt-3.5-turbo,              ALIAS",
        "gpt-3.5-turbo-0125,                                             openai,        gpt-3.5-turbo,              ALIAS",
        "claude-sonnet-4-5,                                              anthropic,     claude-sonnet-4-5-20250929, ALIAS",
        "anthropic/claude-sonnet-4.5,                                    openrouter,    claude-sonnet-4-5-20250929, SPELLING",
        "anthropic/claude-sonnet-4-5@20250929,                           gcp.vertex_ai, claude-sonnet-4-5-20250929, SPELLING",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0,                   aws.bedrock,   claude-sonnet-4-5-20250929, SPELLING",
        "us-gov.anthropic.claude-3-7-sonnet-20250219-v1:0,               aws.bedrock,   claude-3-7-sonnet-20250219, SPELLING",
        "bedrock/us-east-1/anthropic.claude-sonnet-4-20250514-v1:0,      aws.bedrock,   claude-sonnet-4-20250514,   SPELLING",
        "arn:aws:bedrock:us-east-1:1:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0, aws,"
                + " claude-haiku-4-5-20251001, SPELLING",
        "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-4-1-20250805-v1:0, aws,"
                + " claude-opus-4-1-20250805, SPELLING",
        "models/gemini-2.5-pro,                                          gcp.gemini,    gemini-2.5-pro,             SPELLING",
        "publishers/google/models/gemini-2.5-flash,                      gcp.vertex_ai, gemini-2.5-flash,           SPELLING",
        "projects/p/locations/eu/publishers/google/models/gemini-2.0-flash-001, gcp,    gemini-2.0-flash,           SPELLING",
        "models/gemini-2.5-pro-preview-05-06,                            gcp.gemini,    gemini-2.5-pro,             PATTERN",
        "accounts/fireworks/models/gpt-oss-120b,                         fireworks,     openai/gpt-oss-120b,        SPELLING",
        "openai.gpt-oss-120b-1:0,                                        aws.bedrock,   openai/gpt-oss-120b,        SPELLING",
        "gateway/openai:gpt-4o,                                          openai,        gpt-4o,                     SPELLING",
        "openai:ft:gpt-4o-mini-2024-07-18:acme::abc:ckpt-step-90,        openai,        gpt-4o-mini,                FINE_TUNED",
        "groq:llama-3.3-70b-instruct,                                    groq,          meta-llama/Llama-3.3-70B-Instruct, SPELLING",
        "GPT 4o mini,                                                    openai,        gpt-4o-mini,                SPELLING",
        "Claude Sonnet 4.5,                                              anthropic,     claude-sonnet-4-5-20250929, SPELLING",
        "anthropic/claude-3.7-sonnet:thinking,                           openrouter,    claude-3-7-sonnet-20250219, SPELLING",
        "llama-3.3-70b-instruct,                                         groq,          meta-llama/Llama-3.3-70B-Instruct, SPELLING",
    })
    void aModelOfTheCatalogueIsFoundByTheSpellingsOfLibraries(
            String name, String provider, String expected, NameMatch match) {
        ModelMatch found = CATALOGUE.tenant().models().resolve(name, provider).orElseThrow();

        assertThat(found.model().providerModelId()).isEqualTo(expected);
        assertThat(found.match()).isEqualTo(match);
        assertThat(found.ofCatalogue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-realtime-preview-2024-12-17",
        "gpt-4o-mini-search-preview-2025-03-11",
        "gpt-4o-transcribe",
        "chatgpt-4o-latest",
        "o3-pro-2025-06-10",
        "o3-mini-2025-01-31",
        "gpt-4-0613",
        "gpt-5-pro",
        "gpt-3.5-turbo-16k",
        "claude-sonnet-4-6",
        "gemini-2.5-pro-preview-tts",
        "gemini-2.5-flash-image",
        "llama-3.1-405b-instruct",
        "command-r-plus",
        "ft:unknown:org::id",
        "my-deployment",
        "openai/gpt-oss-20b:free",
        "anthropic/claude-sonnet-4.5:online",
        "ollama/llama-3.3-70b-instruct",
        "hosted_vllm/gpt-oss-120b",
        "/",
        "*",
    })
    void aNameOfAnotherModelFindsNone(String name) {
        assertThat(CATALOGUE.tenant().models().resolve(name, null)).isEmpty();
    }

    @Test
    void anotherDateOrRevisionIsAnotherModel() {
        register(provider("Ours"), "sonnet-20240620", "1");
        register(provider("Theirs"), "titan-v1:0", "1");

        assertThat(models.resolve("sonnet-20241022", null)).isEmpty();
        assertThat(models.resolve("titan-v2:0", null)).isEmpty();
        assertThat(found("sonnet", null)).isEqualTo("sonnet-20240620");
        assertThat(found("titan", null)).isEqualTo("titan-v1:0");
    }

    @Test
    void theSpellingWithTheSameDateIsCloser() {
        UUID provider = provider("Ours");
        register(provider, "sonnet", "1");
        register(provider, "sonnet-20241022", "2");

        assertThat(found("us.vendor.sonnet-20241022", null)).isEqualTo("sonnet-20241022");
        assertThat(found("us.vendor.sonnet-20250101", null)).isEqualTo("sonnet");
        assertThat(found("us.vendor.sonnet", null)).isEqualTo("sonnet");
    }

    @Test
    void aNameGoesBeforeAnAliasASpellingAndAPattern() {
        UUID provider = provider("Ours");
        register(provider, "pattern", "1", "x*");
        assertThat(match("x-large-2025-01-01")).isEqualTo(NameMatch.PATTERN);
        register(provider, "X-Large", "2");
        assertThat(match("x-large-2025-01-01")).isEqualTo(NameMatch.SPELLING);
        register(provider, "alias", "3", "x-large-2025-01-01");
        assertThat(match("x-large-2025-01-01")).isEqualTo(NameMatch.ALIAS);
        register(provider, "x-large-2025-01-01", "4");
        assertThat(match("x-large-2025-01-01")).isEqualTo(NameMatch.NAME);
    }

    @Test
    void theLongerPatternGoesFirstAndAFineTunedModelMayHaveItsOwn() {
        UUID provider = provider("Ours");
        register(provider, "big", "1", "house-*");
        register(provider, "small", "2", "House-*-small*");
        register(provider, "base", "3");
        register(provider, "tuned", "4", "ft:base:us:*");

        assertThat(found("house-7", null)).isEqualTo("big");
        assertThat(found("house-7-SMALL-v3", null)).isEqualTo("small");
        assertThat(found("ft:base:us::1", null)).isEqualTo("tuned");
        assertThat(found("ft:base:them::1", null)).isEqualTo("base");
    }

    @Test
    void theOrganizationsOwnModelGoesBeforeThatOfTheCatalogue() {
        models.installCatalogue(ModelCatalogue.standard());
        register(provider("Gateway"), "gpt-4o", "1");

        ModelMatch found = models.resolve("gpt-4o", "openai").orElseThrow();

        assertThat(found.model().prices()).isEqualTo(ModelPrices.perMillion("1", "1"));
        assertThat(found.ofCatalogue()).isFalse();
        assertThat(found.providerMatched()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Google Vertex, gcp.vertex_ai",
        "Google Vertex, gcp.gemini",
        "azure, azure.ai.openai",
        "azure, az.ai.openai",
        "Azure OpenAI, azure",
        "AWS Bedrock, aws.bedrock",
        "AWS Bedrock, amazon-bedrock",
        "Mistral AI, mistral_ai",
        "Groq, groq",
    })
    void aProviderIsKnownByItsSynonyms(String registered, String reported) {
        register(provider("Elsewhere"), "m", "1");
        register(provider(registered), "m", "2");

        ModelMatch found = models.resolve("m", reported).orElseThrow();

        assertThat(found.model().prices()).isEqualTo(ModelPrices.perMillion("2", "2"));
        assertThat(found.providerMatched()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ollama", "ollama_chat", "vLLM", "hosted_vllm", "LM Studio"})
    void whatRunsOnOwnMachinesHasNoPriceOfTheCatalogueButItsOwn(String provider) {
        models.installCatalogue(ModelCatalogue.standard());
        assertThat(models.resolve("openai/gpt-oss-20b", provider)).isEmpty();

        register(provider("Our own"), "openai/gpt-oss-20b", "0.01");
        assertThat(models.resolve("openai/gpt-oss-20b", provider).orElseThrow().ofCatalogue())
                .isFalse();
    }

    @Test
    void aFineTunedModelHasThePriceOfFineTunedOnesBeforeThatOfItsBase() {
        UUID provider = provider("Ours");
        register(provider, "base-2024-07-18", "1");
        assertThat(found("ft:base-2024-07-18:acme::abc", null)).isEqualTo("base-2024-07-18");

        register(provider, "ft:base-2024-07-18", "2");
        assertThat(found("ft:base-2024-07-18:acme::abc", null)).isEqualTo("ft:base-2024-07-18");
        assertThat(found("base-2024-07-18", null)).isEqualTo("base-2024-07-18");
    }

    @Test
    void amongDifferentPricesNoneIsFound() {
        register(provider("One"), "m", "1");
        register(provider("Other"), "m", "2");

        assertThat(models.resolve("m", "third")).isEmpty();
        assertThat(found("m", "one")).isEqualTo("m");
    }

    @Test
    void aliasesAreReadAsTheyWereWrittenAndCanBeChanged() {
        AiModel model = register(provider("One"), "m", "1", "b", "a\"{,}*");
        assertThat(model.aliases()).containsExactly("b", "a\"{,}*");
        assertThat(match("b")).isEqualTo(NameMatch.ALIAS);

        models.update(model.id(), AiModelChanges.none().aliases(List.of("c")));

        assertThat(models.resolve("b", null)).isEmpty();
        assertThat(match("c")).isEqualTo(NameMatch.ALIAS);
    }

    private UUID provider(String name) {
        return fixture.tenant()
                .modelProviders()
                .create(NewModelProvider.of(name, ProviderType.CUSTOM))
                .id();
    }

    private AiModel register(UUID provider, String name, String price, String... aliases) {
        return models.create(NewAiModel.of(provider, name, name)
                .aliases(List.of(aliases))
                .prices(ModelPrices.perMillion(price, price)));
    }

    private String found(String name, @Nullable String provider) {
        return models.resolve(name, provider).orElseThrow().model().providerModelId();
    }

    private NameMatch match(String name) {
        return models.resolve(name, null).orElseThrow().match();
    }
}
