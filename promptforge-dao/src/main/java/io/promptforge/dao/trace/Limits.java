package io.promptforge.dao.trace;

import io.promptforge.dao.error.InvalidValueException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Numbers that are too great for their column, or for sums of it, where PostgreSQL would not name the field. */
final class Limits {
    private static final long MOST_TOKENS = 1_000_000_000_000L;
    private static final BigDecimal MOST_DOLLARS = BigDecimal.valueOf(1_000_000);
    private static final int SCALE = 12;
    private static final Duration LONGEST = Duration.ofDays(100 * 365);

    private Limits() {}

    static @Nullable Long tokens(String field, @Nullable Long number) {
        if (number != null && (number < 0 || number > MOST_TOKENS)) {
            throw refusal(field, "lie between 0 and " + MOST_TOKENS);
        }
        return number;
    }

    static @Nullable BigDecimal dollars(String field, @Nullable BigDecimal amount) {
        if (amount != null && (amount.signum() < 0 || stored(amount).compareTo(MOST_DOLLARS) >= 0)) {
            throw refusal(field, "not be negative, and less than " + MOST_DOLLARS);
        }
        return amount;
    }

    static @Nullable Duration duration(String field, @Nullable Duration time) {
        if (time != null && (time.isNegative() || time.compareTo(LONGEST) > 0)) {
            throw refusal(field, "not be negative, and at most 100 years");
        }
        return time;
    }

    private static BigDecimal stored(BigDecimal amount) {
        return amount.scale() > SCALE ? amount.setScale(SCALE, RoundingMode.HALF_UP) : amount;
    }

    private static InvalidValueException refusal(String field, String rule) {
        return new InvalidValueException(field, "The field " + field + " must " + rule + ".", null);
    }
}
