package io.promptforge.dao.model;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a call of a model is charged for. Some units are parts of others: cached input tokens are counted among the input tokens too,
 * and cost the price of input tokens where they have no price of their own.
 */
public enum UsageUnit {
    /** All tokens read: text, cached ones, those written to the cache, those of audio, images and video. */
    INPUT_TOKENS,
    /** Input tokens read from the provider's cache. */
    CACHED_INPUT_TOKENS(INPUT_TOKENS),
    /** Input tokens written to the provider's cache, usually for 5 minutes. */
    CACHE_WRITE_TOKENS(INPUT_TOKENS),
    /** Those of them that are kept for an hour. */
    CACHE_WRITE_1H_TOKENS(CACHE_WRITE_TOKENS),
    /** Input tokens of audio. */
    AUDIO_INPUT_TOKENS(INPUT_TOKENS),
    /** Input tokens of audio, read from the provider's cache. */
    CACHED_AUDIO_INPUT_TOKENS(CACHED_INPUT_TOKENS, AUDIO_INPUT_TOKENS),
    /** Input tokens of audio, written to the provider's cache. */
    CACHE_WRITE_AUDIO_TOKENS(CACHE_WRITE_TOKENS, AUDIO_INPUT_TOKENS),
    /** Input tokens of images. */
    IMAGE_INPUT_TOKENS(INPUT_TOKENS),
    /** Input tokens of images, read from the provider's cache. */
    CACHED_IMAGE_INPUT_TOKENS(CACHED_INPUT_TOKENS, IMAGE_INPUT_TOKENS),
    /** Input tokens of video. */
    VIDEO_INPUT_TOKENS(INPUT_TOKENS),

    /** All tokens written: text, reasoning, those of audio, images and video. */
    OUTPUT_TOKENS,
    /** Output tokens spent on reasoning. */
    REASONING_TOKENS(OUTPUT_TOKENS),
    /** Output tokens of audio. */
    AUDIO_OUTPUT_TOKENS(OUTPUT_TOKENS),
    /** Output tokens of images. */
    IMAGE_OUTPUT_TOKENS(OUTPUT_TOKENS),
    /** Output tokens of video. */
    VIDEO_OUTPUT_TOKENS(OUTPUT_TOKENS),
    /** Tokens of citations, which are neither input nor output. */
    CITATION_TOKENS,

    /** Searches of the web or of documents. */
    SEARCHES,
    /** Searches with a small search context. */
    LOW_CONTEXT_SEARCHES(SEARCHES),
    /** Searches with a large search context. */
    HIGH_CONTEXT_SEARCHES(SEARCHES),

    /** Requests: a call that reports usage is one, unless it reports another number. */
    REQUESTS,
    /** Sessions of a tool, such as a code interpreter's container. */
    SESSIONS,
    /** Characters read. */
    INPUT_CHARACTERS,
    /** Characters written. */
    OUTPUT_CHARACTERS,
    /** Images read. */
    INPUT_IMAGES,
    /** Images made. */
    OUTPUT_IMAGES,
    /** Pixels of images read. */
    INPUT_PIXELS,
    /** Pixels of images made. */
    OUTPUT_PIXELS,
    /** Seconds of what is read. */
    INPUT_SECONDS,
    /** Seconds of audio read. */
    AUDIO_INPUT_SECONDS(INPUT_SECONDS),
    /** Seconds of video read. */
    VIDEO_INPUT_SECONDS(INPUT_SECONDS),
    /** Seconds of what is made. */
    OUTPUT_SECONDS,
    /** Seconds of video made. */
    VIDEO_OUTPUT_SECONDS(OUTPUT_SECONDS),
    /** Pages of documents read. */
    PAGES,
    /** Pages of documents that are annotated. */
    ANNOTATED_PAGES;

    private static final Map<String, UsageUnit> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(UsageUnit::code, Function.identity()));

    private final String code = name().toLowerCase(Locale.ROOT);

    @SuppressWarnings("ImmutableEnumChecker") // List.copyOf is immutable
    private final List<UsageUnit> wholes;

    UsageUnit(UsageUnit... nearestWholes) {
        Set<UsageUnit> found = new LinkedHashSet<>();
        Deque<UsageUnit> next = new ArrayDeque<>(List.of(nearestWholes));
        while (!next.isEmpty()) {
            UsageUnit whole = next.remove();
            found.add(whole);
            next.addAll(whole.wholes);
        }
        wholes = List.copyOf(found);
    }

    /** The unit with this code; empty if there is none. */
    public static Optional<UsageUnit> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The name in documents: {@code cached_input_tokens}. */
    public String code() {
        return code;
    }

    /**
     * The units that it is a part of, the nearest first; empty for a unit that is no part. In this order their prices stand in for its
     * own.
     */
    public List<UsageUnit> wholes() {
        return wholes;
    }

    /** Whether it is charged besides everything else, so that a count without a price leaves the cost unknown. */
    boolean isAlwaysCharged() {
        return isTokens() || this == SEARCHES || wholes.contains(SEARCHES);
    }

    boolean isTokens() {
        return code.endsWith("_tokens");
    }
}
