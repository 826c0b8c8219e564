package io.promptforge.dao.internal.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA-256 by one secret, for texts that cannot be guessed: a slow hash, as for passwords, would protect them no better. Immutable
 * and thread-safe; two are equal if their secrets are.
 */
public final class KeyedHash {
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;

    private KeyedHash(byte[] secret) {
        this.secret = secret;
    }

    /** A hash by a secret of at least one byte. */
    public static KeyedHash by(byte[] secret) {
        return new KeyedHash(secret.clone());
    }

    /** The hash by a secret that is known to all: as strong as the text, but one who writes to the table can make a hash, too. */
    public static KeyedHash withoutSecret() {
        return new KeyedHash("promptforge".getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of a text, 32 bytes. */
    public byte[] of(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyedHash hash && Arrays.equals(secret, hash.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secret);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "KeyedHash";
    }
}
