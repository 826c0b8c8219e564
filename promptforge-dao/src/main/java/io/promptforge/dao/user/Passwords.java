package io.promptforge.dao.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.secret.NamedHashes;
import io.promptforge.dao.text.StorableText;
import java.text.Normalizer;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.mindrot.jbcrypt.BCrypt;

/** Hashes passwords by bcrypt, as jbcrypt computes it, after a keyed hash by the newest pepper, if there is one. */
final class Passwords {
    /** bcrypt ignores all further bytes, so a longer password is refused. */
    static final int MAX_BYTES = 72;

    private static final int LOWEST_COST = 4;

    private static final Pattern OTHER_SPACES = Pattern.compile("\\p{Zs}");

    private final int cost;
    private final PasswordRules rules;
    private final NamedHashes peppers;
    private final BiPredicate<String, String> bcrypt;

    /**
     * Hashes at a cost.
     *
     * @param cost the logarithm to base 2 of the rounds, 4 to 30
     * @param rules what a new password must be
     * @param peppers the secrets that passwords are hashed with first
     */
    Passwords(int cost, PasswordRules rules, NamedHashes peppers) {
        this(cost, rules, peppers, BCrypt::checkpw);
    }

    /**
     * As the other constructor.
     *
     * @param bcrypt compares a text with a hash; the time of a login is that of its calls
     */
    Passwords(int cost, PasswordRules rules, NamedHashes peppers, BiPredicate<String, String> bcrypt) {
        this.cost = cost;
        this.rules = rules;
        this.peppers = peppers;
        this.bcrypt = bcrypt;
    }

    PasswordRules rules() {
        return rules;
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
        Optional<String> pepper = peppers.newest();
        String hash = BCrypt.hashpw(peppered(normalised(password), pepper), BCrypt.gensalt(cost));
        return new StoredHash(pepper, hash).toString();
    }

    /**
     * Hashes the passwords of one call. At the lowest cost, which protects no password, equal ones are hashed once: tests that need
     * thousands of users would wait for the hashes alone.
     */
    UnaryOperator<String> hashingOfOneCall() {
        Map<String, String> hashes = new HashMap<>();
        return cost > LOWEST_COST ? this::hash : password -> hashes.computeIfAbsent(password, this::hash);
    }

    /** Refuses a password that one of these hashes is of. Takes the time of all of them. */
    void refuseReuse(String password, List<String> hashes) {
        if (hashes.stream().filter(hash -> matches(password, hash)).count() > 0) {
            throw PasswordRules.refused(
                    "The password is one of the last " + rules.remembered() + ".", "Choose a new one.");
        }
    }

    /**
     * Whether the hash is that of the password: normalised, or as it is typed, since other programs hash without normalising. One
     * that differs from its normalised form takes twice as long, with every hash.
     */
    boolean matches(String password, String hash) {
        StoredHash stored = StoredHash.parse(hash);
        String normalised = normalised(password);
        boolean matches = matchesExactly(normalised, stored);
        boolean matchesAsTyped = normalised.equals(password) ? matches : matchesExactly(password, stored);
        return matches || matchesAsTyped;
    }

    /**
     * The form that RFC 8265 (OpaqueString) compares: Unicode's NFC with plain spaces, so that it does not depend on the keyboard and
     * the operating system.
     */
    private static String normalised(String password) {
        return Normalizer.normalize(OTHER_SPACES.matcher(password).replaceAll(" "), Normalizer.Form.NFC);
    }

    private boolean matchesExactly(String password, StoredHash stored) {
        // A longer password was never set, but its first 72 bytes might match; so might what is encoded as a question
        // mark.
        boolean settable = password.getBytes(UTF_8).length <= MAX_BYTES
                && StorableText.obstacle(password).isEmpty();
        return bcrypt.test(peppered(password, stored.pepper()), stored.bcrypt()) && settable;
    }

    /** Of 44 characters with a pepper, so that bcrypt reads all of it. */
    private String peppered(String password, Optional<String> pepper) {
        return pepper.map(name ->
                        Base64.getEncoder().encodeToString(peppers.get(name).of(password)))
                .orElse(password);
    }

    /**
     * Takes the time that {@link #matches} saved with a hash of a lower cost than the highest one, or without a hash, so that a refused
     * login takes as long whether there is such a user or not. Each cost takes twice as long as the one below it, so the costs from the
     * hash's own to the one below the highest together take the difference.
     */
    void makeUpFor(String password, Optional<String> hash, int highestCost) {
        int highest = Math.max(cost, highestCost);
        if (hash.isEmpty()) {
            matches(password, StoredHash.ofNone(highest));
        }
        for (int lower = hash.map(StoredHash::costOf).orElse(highest); lower < highest; lower++) {
            matches(password, StoredHash.ofNone(lower));
        }
    }

    /** Whether the hash was made at a lower cost, or with another pepper, than is set now. */
    boolean isWeak(String hash) {
        return StoredHash.costOf(hash) < cost
                || !StoredHash.parse(hash).pepper().equals(peppers.newest());
    }
}
