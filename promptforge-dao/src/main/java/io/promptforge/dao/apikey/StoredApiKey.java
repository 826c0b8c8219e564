package io.promptforge.dao.apikey;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * A key with the hashes of its texts.
 *
 * @param key the key
 * @param hash that of the present text
 * @param previousHash that of the text before the last rotation
 */
@SuppressWarnings("ArrayRecordComponent") // is not compared
record StoredApiKey(ApiKey key, byte[] hash, Optional<byte[]> previousHash) {
    /** Whether the hash is that of a text which is accepted at this time. */
    boolean accepts(byte[] given, Instant now) {
        boolean valid = key.revokedAt().isEmpty()
                && key.expiresAt().filter(end -> !now.isBefore(end)).isEmpty();
        boolean present = MessageDigest.isEqual(hash, given);
        boolean previous = key.previousUntil().filter(now::isBefore).isPresent()
                && previousHash.filter(old -> MessageDigest.isEqual(old, given)).isPresent();
        return valid && (present || previous);
    }

    /** Without the hashes. */
    @Override
    public String toString() {
        return "StoredApiKey[" + key.id() + "]";
    }
}
