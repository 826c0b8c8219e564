package io.promptforge.dao.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import org.mindrot.jbcrypt.BCrypt;

/** bcrypt, as jbcrypt computes it. */
final class Passwords {
    /** bcrypt reads no further; a longer password would be cut without a word. */
    static final int MAX_BYTES = 72;

    private final int cost;

    /** Hashes at a cost: the logarithm to base 2 of the rounds, 4 to 30. */
    Passwords(int cost) {
        this.cost = cost;
    }

    static void check(String password) {
        Check.text("password", password);
        if (password.getBytes(UTF_8).length > MAX_BYTES) {
            throw new InvalidValueException(
                    "password",
                    "The password has more than " + MAX_BYTES + " bytes in UTF-8; choose a shorter one.",
                    null);
        }
    }

    String hash(String password) {
        return BCrypt.hashpw(password, BCrypt.gensalt(cost));
    }

    boolean matches(String password, String hash) {
        // A longer one was never set, but its first 72 bytes might match.
        boolean settable = password.getBytes(UTF_8).length <= MAX_BYTES && password.indexOf('\0') < 0;
        // $2b$ and $2y$ are other programs' names for the same; jbcrypt knows only $2a$.
        return BCrypt.checkpw(password, "$2a$" + hash.substring(4)) && settable;
    }

    /**
     * Takes as long as {@link #matches} does with a hash of the present cost, so that an unknown e-mail can't be told
     * from a wrong password.
     */
    void matchNobody(String password) {
        matches(password, hashOfNobody(cost));
    }

    /**
     * Takes what {@link #matches} took less than the present cost with a hash of a lower one: each cost takes as long as
     * all lower ones and the lowest once more.
     */
    void makeUpFor(String hash, String password) {
        for (int lower = costOf(hash); lower < cost; lower++) {
            matches(password, hashOfNobody(lower));
        }
    }

    /** Whether the hash was made at a lower cost than is set now. */
    boolean isWeak(String hash) {
        return costOf(hash) < cost;
    }

    private static int costOf(String hash) {
        return Integer.parseInt(hash.substring(4, 6));
    }

    /** Well-formed, but what no password hashes to. */
    private static String hashOfNobody(int cost) {
        return "$2a$%02d$%s".formatted(cost, ".".repeat(53));
    }
}
