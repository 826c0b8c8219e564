package io.promptforge.dao.model.naming;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model's name in lower case and without what services put around it, so that two spellings of one name can be compared.
 *
 * @param text the name without the route to the model, but with its date and revision: {@code claude-sonnet-4-5-20250929-v1:0}
 * @param base the name without date and revision: {@code claude-sonnet-4-5}
 * @param date the digits of its date, {@code 20250929}; null if it has none
 * @param revision its revision, such as {@code v1:0} or {@code 001}; null if it has none
 */
record ModelName(
        String text,
        String base,
        @Nullable String date,
        @Nullable String revision) {
    /** A path, such as {@code publishers/google/models/}, or an ARN. */
    private static final Pattern PATH = Pattern.compile("^.*/");

    /** Region and vendor, as Amazon Bedrock puts them before a name: {@code us.anthropic.}. */
    private static final Pattern VENDOR = Pattern.compile("^(?:(?:[a-z]+(?:-gov)?|ai21)\\.)+(?=[a-z])");

    /** {@code openai:gpt-4o}; but {@code llama3.1:8b} is a name with a tag. */
    private static final Pattern PROVIDER = Pattern.compile("^([a-z_-]+):(?=[a-z])");

    private static final Pattern NEWEST = Pattern.compile("[-:@](?:latest|default)$");

    /** OpenRouter's words for another way to the same model; {@code :free} has another price, and {@code :online} a further one. */
    private static final Pattern ROUTE = Pattern.compile(":(?:nitro|floor|exacto|thinking|beta)$");

    /** {@code -v1:0}, also with a context length, {@code -v1:0:48k}; {@code -1:0} of OpenAI's models on Bedrock; {@code -001}. */
    private static final Pattern REVISION = Pattern.compile("[-@](v?\\d+:\\d+|0\\d\\d)(?::\\w+)?$");

    private static final Pattern DATE = Pattern.compile("[-@](20\\d\\d)(-?)(0[1-9]|1[0-2])\\2(0[1-9]|[12]\\d|3[01])$");

    /** What stands before the name of a model that was fine-tuned, in price lists and in OpenAI's API. */
    static final String FINE_TUNING = "ft:";

    /** {@code ft:gpt-4o-mini-2024-07-18:org::id} of OpenAI, {@code gpt-4o-mini-2024-07-18.ft-id} of Azure. */
    private static final List<Pattern> FINE_TUNED =
            List.of(Pattern.compile("^(?:.*[/:])?ft:([^:]+)(?::.*)?$"), Pattern.compile("^(.+)\\.ft-[0-9a-z-]+$"));

    static ModelName of(String reported) {
        String name = reported.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", "-");
        name = ROUTE.matcher(name).replaceFirst("");
        name = NEWEST.matcher(name).replaceFirst("");
        name = PATH.matcher(withoutProvider(name)).replaceFirst("");
        name = withoutProvider(name);
        name = VENDOR.matcher(name).replaceFirst("");
        String base = name;
        String revision = null;
        String date = null;
        Matcher matcher = REVISION.matcher(base);
        if (matcher.find()) {
            revision = matcher.group(1);
            base = base.substring(0, matcher.start());
        }
        matcher = DATE.matcher(base);
        if (matcher.find()) {
            date = matcher.group(1) + matcher.group(3) + matcher.group(4);
            base = base.substring(0, matcher.start());
        }
        return new ModelName(name, base.replaceAll("(?<=\\d)\\.(?=\\d)", "-"), date, revision);
    }

    /** The name of the model that was fine-tuned; null if the name is not that of a fine-tuned model. */
    static @Nullable String fineTuned(String reported) {
        String name = reported.strip().toLowerCase(Locale.ROOT);
        for (Pattern pattern : FINE_TUNED) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return null;
    }

    /** Whether both may be one model: their names without date and revision are equal, and neither date nor revision differs. */
    boolean agreesWith(ModelName other) {
        return base.equals(other.base) && agree(date, other.date) && agree(revision, other.revision);
    }

    /** Whether date and revision are equal too, so that nothing was left out. */
    boolean isSameEdition(ModelName other) {
        return Objects.equals(date, other.date) && Objects.equals(revision, other.revision);
    }

    private static boolean agree(@Nullable String one, @Nullable String other) {
        return one == null || other == null || one.equals(other);
    }

    private static String withoutProvider(String name) {
        Matcher matcher = PROVIDER.matcher(name);
        return matcher.find() && Providers.isKnown(matcher.group(1)) ? name.substring(matcher.end()) : name;
    }
}
