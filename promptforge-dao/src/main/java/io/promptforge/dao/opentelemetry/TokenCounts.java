package io.promptforge.dao.opentelemetry;

import static io.promptforge.dao.opentelemetry.UsageTable.Counting.APART;
import static io.promptforge.dao.opentelemetry.UsageTable.Counting.INCLUDED;

import io.promptforge.dao.model.UsageUnit;
import io.promptforge.dao.model.naming.Providers;
import io.promptforge.dao.opentelemetry.UsageTable.Counting;
import io.promptforge.dao.opentelemetry.UsageTable.Part;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The token counts of a model call, as the convention defines them: parts are included in the whole. Whether reported counts are so
 * is decided by what is known of them, in this order:
 *
 * <ol>
 *   <li>a total that has the parts beside input and output;
 *   <li>the provider's own count, beside that of the SDK;
 *   <li>the scope of the instrumentation;
 *   <li>the names of the attributes;
 *   <li>the version of the conventions, by the URL of the schema;
 *   <li>the provider, or the maker of a model that a cloud offers;
 *   <li>a total of input and output alone;
 *   <li>names of Anthropic's API;
 *   <li>where all that tells nothing, parts that exceed the whole: they were counted apart.
 * </ol>
 *
 * Parts that exceed a whole which is known to include them make it as great as they are.
 */
record TokenCounts(
        @Nullable Long input,
        @Nullable Long output,
        @Nullable Long cachedInput,
        @Nullable Long cacheCreationInput,
        @Nullable Long reasoningOutput,
        Map<UsageUnit, BigDecimal> others) {

    private static final Pattern SCHEMA = Pattern.compile("/schemas/1\\.(\\d{1,4})\\.");

    /**
     * Reads the counts, which stay among the attributes.
     *
     * @param provider the provider by its one name; null if unknown
     * @param model the model; null if unknown
     * @param kind what the attributes tell of the step; null if nothing
     */
    static TokenCounts read(
            Attributes attributes, @Nullable String provider, @Nullable String model, @Nullable SpanKind kind) {
        Long total = UsageTable.TOTAL.read(attributes);
        Long input = with(UsageTable.BESIDE_INPUT, attributes, UsageTable.INPUT.read(attributes));
        Long output = with(UsageTable.BESIDE_OUTPUT, attributes, UsageTable.OUTPUT.read(attributes));
        Part cached = UsageTable.CACHED_INPUT.read(attributes);
        Part creation = creation(attributes);
        Part reasoning = UsageTable.REASONING_OUTPUT.read(attributes);

        long inputParts = tokens(cached) + tokens(creation);
        long outputParts = tokens(reasoning);
        if (input == null && inputParts == 0) {
            input = left(total, output, kind);
        }
        Totals totals = Totals.of(total, input, output, inputParts, outputParts);
        Counting schema = schema(attributes);
        String counter = counter(provider, model);
        Counting ofInput = first(
                only(APART, totals.ofInput),
                ofAnthropic(attributes, input),
                scope(attributes),
                counting(cached),
                counting(creation),
                schema,
                counter == null ? null : UsageTable.CACHED_BY_PROVIDER.get(counter),
                totals.ofInput,
                counter == null && UsageTable.NAMED_BY_ANTHROPIC.read(attributes) != null ? APART : null);
        Counting ofOutput = first(
                only(APART, totals.ofOutput),
                counting(reasoning),
                schema,
                counter == null ? null : UsageTable.REASONING_BY_PROVIDER.get(counter),
                totals.ofOutput);
        return new TokenCounts(
                whole(input, inputParts, ofInput),
                whole(output, outputParts, ofOutput),
                cached == null ? null : (Long) cached.tokens(),
                creation == null ? null : (Long) creation.tokens(),
                reasoning == null ? null : (Long) reasoning.tokens(),
                others(attributes));
    }

    /** Further counts above 0; a zero is reported by many that count nothing of the kind. */
    private static Map<UsageUnit, BigDecimal> others(Attributes attributes) {
        Map<UsageUnit, BigDecimal> others = new EnumMap<>(UsageUnit.class);
        UsageTable.OTHERS.forEach((unit, row) -> {
            Long count = row.read(attributes);
            if (count != null && count > 0) {
                others.put(unit, BigDecimal.valueOf(count));
            }
        });
        return others;
    }

    boolean isEmpty() {
        return input == null && output == null && others.isEmpty();
    }

    /** The count with those that lie beside it. */
    private static @Nullable Long with(List<Row<Long>> beside, Attributes attributes, @Nullable Long count) {
        Long sum = count;
        for (Row<Long> row : beside) {
            Long more = row.read(attributes);
            sum = sum == null || more == null ? sum : (Long) (sum + more);
        }
        return sum;
    }

    /** The input where only the total is reported: what the output leaves of it, and all of it where nothing is written. */
    private static @Nullable Long left(@Nullable Long total, @Nullable Long output, @Nullable SpanKind kind) {
        if (total == null || (output == null && kind != SpanKind.EMBEDDING)) {
            return null;
        }
        long left = total - (output == null ? 0 : output);
        return left < 0 ? null : (Long) left;
    }

    /** An SDK that counts more than Anthropic has added the parts, which Anthropic counts apart. */
    private static @Nullable Counting ofAnthropic(Attributes attributes, @Nullable Long input) {
        Long own = UsageTable.INPUT_OF_ANTHROPIC.read(attributes);
        return own == null || input == null ? null : input > own ? INCLUDED : APART;
    }

    private static @Nullable Part creation(Attributes attributes) {
        Part creation = UsageTable.CACHE_CREATION_INPUT.read(attributes);
        Long fiveMinutes = UsageTable.CACHE_CREATION_5M.read(attributes);
        Long hour = UsageTable.CACHE_CREATION_1H.read(attributes);
        if (creation != null || (fiveMinutes == null && hour == null)) {
            return creation;
        }
        long sum = (fiveMinutes == null ? 0 : fiveMinutes) + (hour == null ? 0 : hour);
        return sum <= NumberParsers.MOST_TOKENS ? new Part(sum, null) : null;
    }

    private static @Nullable Long whole(@Nullable Long given, long parts, @Nullable Counting counting) {
        if (given == null) {
            return null;
        }
        boolean apart = counting == APART || (counting == null && parts > given);
        long whole = apart ? given + parts : Math.max(given, parts);
        return whole <= NumberParsers.MOST_TOKENS ? (Long) whole : null;
    }

    private static @Nullable Counting scope(Attributes attributes) {
        String scope = AttributeTable.SCOPE_NAME.read(attributes);
        return scope == null
                ? null
                : UsageTable.SCOPES.stream()
                        .filter(each -> scope.startsWith(each.start()))
                        .map(UsageTable.Scope::counting)
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable Counting schema(Attributes attributes) {
        String url = AttributeTable.SCHEMA_URL.read(attributes);
        Matcher version = SCHEMA.matcher(url == null ? "" : url);
        return version.find() && Integer.parseInt(version.group(1)) >= UsageTable.SCHEMA_WITH_PARTS ? INCLUDED : null;
    }

    /** Who has counted: a cloud passes on what the API of Anthropic counts. */
    private static @Nullable String counter(@Nullable String provider, @Nullable String model) {
        String maker = Providers.ofModel(model);
        return provider == null || (Providers.ANTHROPIC.equals(maker) && Providers.CLOUDS.contains(provider))
                ? maker
                : provider;
    }

    private static @Nullable Counting counting(@Nullable Part part) {
        return part == null ? null : part.counting();
    }

    private static long tokens(@Nullable Part part) {
        return part == null ? 0 : part.tokens();
    }

    private static @Nullable Counting only(Counting counting, @Nullable Counting told) {
        return told == counting ? told : null;
    }

    private static @Nullable Counting first(@Nullable Counting... evidence) {
        for (Counting each : evidence) {
            if (each != null) {
                return each;
            }
        }
        return null;
    }

    /** What a reported total tells of the parts; null for nothing. */
    private record Totals(
            @Nullable Counting ofInput, @Nullable Counting ofOutput) {

        static Totals of(
                @Nullable Long total, @Nullable Long input, @Nullable Long output, long inputParts, long outputParts) {
            if (total == null || input == null || output == null) {
                return new Totals(null, null);
            }
            long beside = total - input - output;
            boolean none = beside == 0;
            boolean both = beside == inputParts + outputParts;
            boolean onlyInput = beside == inputParts;
            boolean onlyOutput = beside == outputParts;
            return new Totals(
                    inputParts == 0 ? null : one(both || onlyInput, none || onlyOutput),
                    outputParts == 0 ? null : one(both || onlyOutput, none || onlyInput));
        }

        private static @Nullable Counting one(boolean apart, boolean included) {
            return apart == included ? null : apart ? APART : INCLUDED;
        }
    }
}
