package io.promptforge.dao.user;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a user is locked out, to stop the guessing of a password: after too many failed logins in a row, logins are refused for
 * some time, even with the right password. The answer is that of a wrong password. A lockout that ends more than a day later than one that
 * begins now is not kept, because it was set by a clock that was ahead. Immutable.
 */
public final class Lockout {
    private static final Duration LONGEST = Duration.ofDays(366);

    /** How much the clocks of services may differ. */
    private static final Duration DIFFERENCE_OF_CLOCKS = Duration.ofDays(1);

    private final int failures;
    private final Duration duration;

    private Lockout(int failures, Duration duration) {
        this.failures = failures;
        this.duration = duration;
    }

    /**
     * A lockout.
     *
     * @param failures how many failed logins in a row lock the user out, 1 or more
     * @param duration how long the lockout lasts, more than zero and at most 366 days
     * @throws InvalidValueException if a value is null or out of range
     */
    public static Lockout of(int failures, Duration duration) {
        if (failures < 1) {
            throw new InvalidValueException(
                    "failures", "The field failures is " + failures + ".", "Give at least 1.", null);
        }
        Check.present("duration", duration);
        if (duration.isZero() || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new InvalidValueException(
                    "duration",
                    "The field duration is " + duration + ".",
                    "Give more than zero and at most " + LONGEST.toDays() + " days.",
                    null);
        }
        return new Lockout(failures, duration);
    }

    /** The failed logins in a row that lock. */
    public int failures() {
        return failures;
    }

    /** How long the user is locked out. */
    public Duration duration() {
        return duration;
    }

    /** The latest end of a lockout that is kept: a later one was set by a clock that was far ahead. */
    Instant latestEnd(Instant now) {
        return now.plus(duration).plus(DIFFERENCE_OF_CLOCKS);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lockout same && failures == same.failures && duration.equals(same.duration);
    }

    @Override
    public int hashCode() {
        return Objects.hash(failures, duration);
    }

    @Override
    public String toString() {
        return "Lockout[failures=" + failures + ", duration=" + duration + "]";
    }
}
