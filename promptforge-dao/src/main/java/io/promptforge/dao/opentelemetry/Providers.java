package io.promptforge.dao.opentelemetry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One name for each provider, by which its registered models are found, whatever an instrumentation calls it. The names are the
 * company's, as OpenInference's {@code llm.provider} has them. Other names stay as they are.
 */
final class Providers {
    static final String ANTHROPIC = "anthropic";
    static final String AWS = "aws";
    static final String AZURE = "azure";
    static final String DEEPSEEK = "deepseek";
    static final String GOOGLE = "google";
    static final String GROQ = "groq";
    static final String MISTRAL = "mistral";
    static final String OPENAI = "openai";
    static final String XAI = "xai";

    /**
     * Names in use, with dots for all that is between words; such a name may go on, as Vercel's {@code google.vertex.chat} and
     * Google's {@code gcp.vertex.agent} do.
     */
    private static final Map<String, List<String>> SYNONYMS = Map.of(
            OPENAI,
            List.of("openai", "open.ai"),
            ANTHROPIC,
            List.of("anthropic", "claude"),
            GOOGLE,
            List.of(
                    "google",
                    "gcp",
                    "gemini",
                    "vertex",
                    "vertexai",
                    "generative.ai",
                    "googleai",
                    "googlegenai",
                    "googlevertexai",
                    "googlegenerativeai"),
            AWS,
            List.of("aws", "amazon", "bedrock", "awsbedrock", "amazonbedrock", "sagemaker"),
            AZURE,
            List.of("azure", "az.ai", "azureopenai", "azureai", "azurechatopenai"),
            MISTRAL,
            List.of("mistral", "mistralai"),
            XAI,
            List.of("xai", "x.ai"),
            "huggingface",
            List.of("huggingface", "hugging.face"),
            "ibm",
            List.of("ibm", "watsonx"));

    private static final Map<String, String> NAMES = SYNONYMS.entrySet().stream()
            .flatMap(entry -> entry.getValue().stream().map(synonym -> Map.entry(synonym, entry.getKey())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** Providers of other companies' models. */
    static final Set<String> CLOUDS = Set.of(AWS, AZURE, GOOGLE);

    /** What the names of a company's models have in common. */
    private static final List<Map.Entry<String, String>> MODELS = List.of(
            Map.entry("claude", ANTHROPIC),
            Map.entry("gemini", GOOGLE),
            Map.entry("gpt-", OPENAI),
            Map.entry("grok", XAI),
            Map.entry("deepseek", DEEPSEEK));

    private Providers() {}

    /** Reads the one name; the attribute stays if it has another. */
    static Reader<String> reader() {
        Reader<String> raw = AttributeParsers.name(200);
        Reader<String> named = read(raw, Providers::name);
        return named.keepingAllOf(read(raw, name -> name.equals(name(name)) ? name : null));
    }

    /** The one name of the provider. */
    static String name(String given) {
        String words = given.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".");
        for (String start = words; !start.isEmpty(); start = start.substring(0, Math.max(0, start.lastIndexOf('.')))) {
            String name = NAMES.get(start);
            if (name != null) {
                return name;
            }
        }
        return given;
    }

    /** The company that has made the model; null if its name does not tell. */
    static @Nullable String ofModel(@Nullable String model) {
        String name = model == null ? "" : model.toLowerCase(Locale.ROOT);
        return MODELS.stream()
                .filter(maker -> name.contains(maker.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static Reader<String> read(Reader<String> raw, Function<String, @Nullable String> name) {
        return value -> {
            String given = raw.read(value);
            return given == null ? null : name.apply(given);
        };
    }
}
