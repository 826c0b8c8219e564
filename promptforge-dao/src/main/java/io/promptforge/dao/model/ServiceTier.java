package io.promptforge.dao.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How urgently a provider serves a request, which its price depends on. */
public enum ServiceTier {
    /** The usual way. */
    STANDARD,
    /** Together with others, within hours. */
    BATCH,
    /** When there is room, and more slowly. */
    FLEX,
    /** Before others. */
    PRIORITY;

    private static final Map<String, ServiceTier> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ServiceTier::code, Function.identity()));

    /** The tier with this code; empty if there is none. */
    public static Optional<ServiceTier> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /**
     * The tier that a provider or telemetry means: {@code batch}, {@code flex} or {@code priority} in any letter case, also behind a
     * prefix, as in {@code ON_DEMAND_FLEX} and {@code service_tier_priority}. {@link #STANDARD} for null and for every other word, such
     * as {@code default}, {@code auto} and {@code scale}.
     */
    public static ServiceTier of(@Nullable String reported) {
        if (reported == null) {
            return STANDARD;
        }
        String word = reported.strip().toLowerCase(Locale.ROOT);
        return ofCode(word.substring(word.lastIndexOf('_') + 1)).orElse(STANDARD);
    }

    /** The name in documents: {@code flex}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
