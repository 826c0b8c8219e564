package io.promptforge.dao.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.text.StorableText;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.mindrot.jbcrypt.BCrypt;

/** Hashes passwords by bcrypt, as jbcrypt computes it. */
final class Passwords {
    /** bcrypt ignores all further bytes, so a longer password is refused. */
    static final int MAX_BYTES = 72;

    private static final Pattern OTHER_SPACES = Pattern.compile("\\p{Zs}");

    private final int cost;

    /** Hashes at a cost: the logarithm to base 2 of the rounds, 4 to 30. */
    Passwords(int cost) {
        this.cost = cost;
    }

    /** The normalised password, if it is not blank, can be encoded, and is not too long. */
    static String checked(String given) {
        String password = normalised(Check.text("password", given));
        if (password.getBytes(UTF_8).length > MAX_BYTES) {
            throw new InvalidValueException(
                    "password",
                    "The password has more than " + MAX_BYTES + " bytes in UTF-8.",
                    "Choose a shorter one.",
                    null);
        }
        return password;
    }

    String hash(String password) {
        return BCrypt.hashpw(password, BCrypt.gensalt(cost));
    }

    /**
     * Whether the hash is that of the password: normalised, or as it is typed, since other programs hash without normalising. One
     * that differs from its normalised form takes twice as long, with every hash.
     */
    boolean matches(String password, String hash) {
        String normalised = normalised(password);
        boolean matches = matchesExactly(normalised, hash);
        boolean matchesAsTyped = normalised.equals(password) ? matches : matchesExactly(password, hash);
        return matches || matchesAsTyped;
    }

    /**
     * The form that RFC 8265 (OpaqueString) compares: Unicode's NFC with plain spaces, so that it does not depend on the keyboard and
     * the operating system.
     */
    private static String normalised(String password) {
        return Normalizer.normalize(OTHER_SPACES.matcher(password).replaceAll(" "), Normalizer.Form.NFC);
    }

    private static boolean matchesExactly(String password, String hash) {
        // A longer password was never set, but its first 72 bytes might match; so might what is encoded as a question
        // mark.
        boolean settable = password.getBytes(UTF_8).length <= MAX_BYTES
                && StorableText.obstacle(password).isEmpty();
        // Other programs write $2b$ or $2y$ for the same algorithm; jbcrypt knows only $2a$.
        return BCrypt.checkpw(password, "$2a$" + hash.substring(4)) && settable;
    }

    /**
     * Takes as long as {@link #matches} with a hash of the present cost, so that an unknown e-mail can't be told from a wrong
     * password.
     */
    void matchNone(String password) {
        matches(password, hashOfNone(cost));
    }

    /**
     * Takes the time that {@link #matches} saved with a hash of a lower cost. Each cost takes twice as long as the one below
     * it, so the costs from the hash's own to the one below the present together take the difference.
     */
    void makeUpFor(String hash, String password) {
        for (int lower = costOf(hash); lower < cost; lower++) {
            matches(password, hashOfNone(lower));
        }
    }

    /** Whether the hash was made at a lower cost than is set now. */
    boolean isWeak(String hash) {
        return costOf(hash) < cost;
    }

    private static int costOf(String hash) {
        return Integer.parseInt(hash.substring(4, 6));
    }

    /** A well-formed hash that no password has. */
    private static String hashOfNone(int cost) {
        return "$2a$%02d$%s".formatted(cost, ".".repeat(53));
    }
}
