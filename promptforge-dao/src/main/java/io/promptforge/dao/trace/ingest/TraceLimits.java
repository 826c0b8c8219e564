package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Columns;
import io.promptforge.schema.type.ExecutionStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks numbers and times that exceed their column, or a sum over it, for which PostgreSQL would not name the field. Sums of tokens are not
 * checked: to overflow they take millions of spans.
 */
public final class TraceLimits {
    private static final long MOST_TOKENS = 1_000_000_000_000L;
    private static final BigDecimal MOST_DOLLARS = BigDecimal.valueOf(1_000_000_000_000L);
    private static final int SCALE = 30;
    private static final int DECIMALS_OF_COUNT = 9;
    private static final Duration LONGEST = Duration.ofDays(100 * 365);

    private TraceLimits() {}

    public static @Nullable Long tokens(String field, @Nullable Long number) {
        if (number != null && (number < 0 || number > MOST_TOKENS)) {
            throw refusal(field, "is out of range", "Give a number from 0 to " + MOST_TOKENS + ".");
        }
        return number;
    }

    /** The amount rounded as it is stored. */
    public static @Nullable BigDecimal dollars(String field, @Nullable BigDecimal amount) {
        if (Check.optionalNumber(field, amount) == null) {
            return null;
        }
        BigDecimal stored = amount.scale() > SCALE ? amount.setScale(SCALE, RoundingMode.HALF_UP) : amount;
        if (amount.signum() < 0 || stored.compareTo(MOST_DOLLARS) >= 0) {
            throw refusal(field, "is out of range", "Give 0 or more and less than " + MOST_DOLLARS + ".");
        }
        return Columns.plain(stored);
    }

    /** A further count, with at most 9 decimals. */
    public static BigDecimal count(String field, @Nullable BigDecimal number) {
        BigDecimal count = Check.present(field, Check.optionalNumber(field, number));
        if (count.signum() < 0
                || count.compareTo(BigDecimal.valueOf(MOST_TOKENS)) > 0
                || Columns.plain(count).scale() > DECIMALS_OF_COUNT) {
            throw refusal(
                    field,
                    "is out of range",
                    "Give a number from 0 to " + MOST_TOKENS + ", with at most " + DECIMALS_OF_COUNT + " decimals.");
        }
        return Columns.plain(count);
    }

    public static @Nullable Duration duration(String field, @Nullable Duration time) {
        if (time != null && (time.isNegative() || time.compareTo(LONGEST) > 0)) {
            throw refusal(field, "is out of range", "Give a time from 0 to 100 years.");
        }
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }

    /** Refuses parts of the input tokens that exceed the input tokens; null is unknown. */
    public static void inputParts(SpanFields span) {
        part("cached_input_tokens", span.cachedInputTokens, span.inputTokens);
        part("cache_creation_input_tokens", span.cacheCreationInputTokens, span.inputTokens);
    }

    /** Refuses a part of the output tokens that exceeds the output tokens; null is unknown. */
    public static void outputParts(SpanFields span) {
        part("reasoning_output_tokens", span.reasoningOutputTokens, span.outputTokens);
    }

    private static void part(String field, @Nullable Long part, @Nullable Long whole) {
        if (part != null && whole != null && part > whole) {
            throw refusal(
                    field,
                    "exceeds the number that it is a part of",
                    "Count the part in the whole, or leave the whole out.");
        }
    }

    /** Refuses an end before the start, or while the status is running. */
    public static void end(ExecutionStatus status, @Nullable Instant startedAt, @Nullable Instant endedAt) {
        if (endedAt != null && status == ExecutionStatus.RUNNING) {
            throw refusal(
                    "ended_at",
                    "is given, though the status is running",
                    "Leave it out, or give the status that it ended with.");
        }
        if (endedAt != null && startedAt != null && endedAt.isBefore(startedAt)) {
            throw refusal("ended_at", "lies before the start", "Give an end that does not.");
        }
    }

    private static InvalidValueException refusal(String field, String problem, String remedy) {
        return new InvalidValueException(field, "The field " + field + " " + problem + ".", remedy, null);
    }
}
