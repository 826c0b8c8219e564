package io.promptforge.dao.model.naming;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One name for each provider, by which its registered models are found, whatever an instrumentation calls it. The names are the
 * company's, as OpenInference's {@code llm.provider} has them. Other names stay as they are.
 */
public final class Providers {
    public static final String ANTHROPIC = "anthropic";
    public static final String AWS = "aws";
    public static final String AZURE = "azure";
    public static final String DEEPSEEK = "deepseek";
    public static final String GOOGLE = "google";
    public static final String GROQ = "groq";
    public static final String MISTRAL = "mistral";
    public static final String OPENAI = "openai";
    public static final String XAI = "xai";

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
            List.of("xai", "x.ai", "grok"),
            "huggingface",
            List.of("huggingface", "hugging.face"),
            "ibm",
            List.of("ibm", "watsonx"));

    /** Programs by which people run models themselves. */
    private static final Set<String> SELF_HOSTED = Set.of(
            "ollama", "vllm", "hosted.vllm", "llamafile", "llama.cpp", "lm.studio", "lmstudio", "localai", "sglang");

    /** Providers with one name, which may go on: {@code cohere_chat}, {@code fireworks_ai}. */
    private static final Set<String> OTHERS = Set.of(
            DEEPSEEK,
            GROQ,
            "cerebras",
            "cohere",
            "deepinfra",
            "fireworks",
            "moonshot",
            "openrouter",
            "perplexity",
            "together");

    private static final Map<String, String> NAMES = Stream.concat(
                    SYNONYMS.entrySet().stream().flatMap(entry -> entry.getValue().stream()
                            .map(synonym -> Map.entry(synonym, entry.getKey()))),
                    Stream.concat(SELF_HOSTED.stream(), OTHERS.stream()).map(name -> Map.entry(name, name)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** Providers of other companies' models. */
    public static final Set<String> CLOUDS = Set.of(AWS, AZURE, GOOGLE);

    /** What the names of a company's models have in common. */
    private static final List<Map.Entry<Pattern, String>> MODELS = List.of(
            Map.entry(Pattern.compile("claude"), ANTHROPIC),
            Map.entry(Pattern.compile("gemini"), GOOGLE),
            Map.entry(Pattern.compile("gpt-|\\bo[134](?:-|$)|text-embedding-(?:3-|ada)|whisper-|dall-e-"), OPENAI),
            Map.entry(Pattern.compile("grok"), XAI),
            Map.entry(Pattern.compile("deepseek"), DEEPSEEK),
            Map.entry(Pattern.compile("mistral|mixtral|codestral|pixtral"), MISTRAL));

    private Providers() {}

    /** The one name of the provider; the given one if it is none of those known here. */
    public static String name(String given) {
        String name = known(given);
        return name == null ? given : name;
    }

    /** Whether it is a name of a provider that has several. */
    static boolean isKnown(String given) {
        return known(given) != null;
    }

    /** Whether the provider, or the first part of a model's name, says that the model runs on the caller's own machines. */
    static boolean isSelfHosted(@Nullable String given) {
        String name = given == null ? null : known(given.replaceFirst("(?<=.)[/:].*", ""));
        return name != null && SELF_HOSTED.contains(name);
    }

    private static @Nullable String known(String given) {
        String words = given.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".");
        for (String start = words; !start.isEmpty(); start = start.substring(0, Math.max(0, start.lastIndexOf('.')))) {
            String name = NAMES.get(start);
            if (name != null) {
                return name;
            }
        }
        return null;
    }

    /** The company that has made the model; null if its name does not tell. */
    public static @Nullable String ofModel(@Nullable String model) {
        String name = model == null ? "" : model.toLowerCase(Locale.ROOT);
        return MODELS.stream()
                .filter(maker -> maker.getKey().matcher(name).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
