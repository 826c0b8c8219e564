package io.promptforge.dao.user;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import java.time.Duration;

/**
 * When a user is locked out, to stop the guessing of a password: after too many failed logins in a row, logins are refused for
 * some time, even with the right password. The answer is that of a wrong password.
 *
 * @param failures how many failed logins in a row lock the user out, 1 or more
 * @param duration how long the lockout lasts, more than zero and at most 366 days
 */
public record Lockout(int failures, Duration duration) {
    private static final Duration LONGEST = Duration.ofDays(366);

    /**
     * Validates the components.
     *
     * @throws InvalidValueException if one is null or out of its range
     */
    public Lockout {
        if (failures < 1) {
            throw new InvalidValueException(
                    "failures", "The field failures must be at least 1, not " + failures + ".", null);
        }
        Check.present("duration", duration);
        if (duration.isZero() || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new InvalidValueException(
                    "duration",
                    "The field duration must be more than zero and at most " + LONGEST.toDays() + " days, not "
                            + duration + ".",
                    null);
        }
    }
}
