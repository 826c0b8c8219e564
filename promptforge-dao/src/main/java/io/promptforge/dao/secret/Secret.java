package io.promptforge.dao.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.promptforge.dao.error.InvalidValueException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A secret text, such as an API key of a provider. Its {@code toString} is masked, so that no log has it. Immutable. */
public final class Secret {
    private static final int SHORTEST_SHOWN = 16;
    private static final int SHOWN = 4;

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * A secret.
     *
     * @throws InvalidValueException if it is null or blank
     */
    public static Secret of(String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidValueException("secret", "The secret is blank.", "Give its text.", null);
        }
        return new Secret(value);
    }

    /** The text itself. */
    public String reveal() {
        return value;
    }

    /** An ellipsis and the last 4 characters, by which people tell their keys apart; the ellipsis alone for less than 16 characters. */
    public String masked() {
        return value.length() < SHORTEST_SHOWN
                ? "…"
                : "…" + value.substring(value.offsetByCodePoints(value.length(), -SHOWN));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(value.getBytes(UTF_8), secret.value.getBytes(UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Masked. */
    @Override
    public String toString() {
        return masked();
    }
}
