package io.promptforge.dao.user;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import java.time.Duration;

/**
 * When guessing a password is stopped: a user with too many failed logins in a row cannot log in for a while, not even
 * with the right password, and is told no more than anybody else.
 *
 * @param failures the failed login that locks, 1 or more
 * @param duration for how long, more than zero and at most a year
 */
public record Lockout(int failures, Duration duration) {
    private static final Duration LONGEST = Duration.ofDays(366);

    /** Checks the values. */
    public Lockout {
        if (failures < 1) {
            throw new InvalidValueException("failures", "A lockout takes at least one failed login.", null);
        }
        Check.present("duration", duration);
        if (duration.isZero() || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new InvalidValueException(
                    "duration", "A lockout lasts more than nothing and at most a year, not " + duration + ".", null);
        }
    }
}
