package io.promptforge.dao.user;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.input.Input;
import java.util.List;

/**
 * What a new password must be. Length and rarity count, not kinds of characters, as NIST SP 800-63B-4 (section 3.1.1.2) says. Immutable and
 * thread-safe. A number out of range is refused with an {@link InvalidValueException}.
 */
public final class PasswordRules extends Input<PasswordRules> {
    private static final PasswordRules STANDARD = new PasswordRules(8, false, 5);
    private static final PasswordRules NONE = new PasswordRules(1, true, 0);

    private final int minimumLength;
    private final boolean guessable;
    private final int remembered;

    private PasswordRules(int minimumLength, boolean guessable, int remembered) {
        super(List.of(minimumLength, guessable, remembered));
        this.minimumLength = minimumLength;
        this.guessable = guessable;
        this.remembered = remembered;
    }

    /** At least 8 characters, none that is guessed first, and none of the user's last 5. */
    public static PasswordRules standard() {
        return STANDARD;
    }

    /** Every password that can be hashed: for demo data and tests. */
    public static PasswordRules none() {
        return NONE;
    }

    /**
     * Sets how many characters it has at least, 1 to 72. NIST SP 800-63B-4 asks for 15 where a password is the only factor of a login, and
     * for 8 beside a second factor.
     */
    public PasswordRules minimumLength(int characters) {
        return new PasswordRules(within("minimumLength", characters, 1, Passwords.MAX_BYTES), guessable, remembered);
    }

    /** Sets how many of a user's last passwords, with the present one, are refused, 0 to 24. */
    public PasswordRules remembered(int passwords) {
        return new PasswordRules(minimumLength, guessable, within("remembered", passwords, 0, 24));
    }

    /** How many of a user's last passwords are refused. */
    int remembered() {
        return remembered;
    }

    /**
     * Refuses a password that is too short or guessed first.
     *
     * @param password normalised
     */
    void check(String password, String email, String fullName) {
        int length = password.codePointCount(0, password.length());
        if (length < minimumLength) {
            throw refused(
                    "The password has " + length + " characters.", "Choose one of at least " + minimumLength + ".");
        }
        if (!guessable && GuessedPasswords.include(password, email, fullName)) {
            throw refused(
                    "The password is one that is guessed first.", "Choose another, such as some words of no sentence.");
        }
    }

    static InvalidValueException refused(String problem, String remedy) {
        return new InvalidValueException("password", problem, remedy, null);
    }

    private static int within(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidValueException(
                    field,
                    "The field " + field + " is " + value + ".",
                    "Give a number from " + least + " to " + most + ".",
                    null);
        }
        return value;
    }

    @Override
    public String toString() {
        return "PasswordRules[minimumLength=" + minimumLength + ", guessable=" + guessable + ", remembered="
                + remembered + "]";
    }
}
