package io.promptforge.dao.internal.secret;

import io.promptforge.dao.error.MissingSecretException;
import io.promptforge.dao.secret.MasterKeys;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The data keys in use: each is unwrapped by the master key once, and kept for {@link #KEPT}, so that reads do not wait for a key management
 * service, and a master key that is taken away stops being of use soon. Thread-safe.
 */
final class DataKeys {
    /** How long an unwrapped key is used. */
    static final Duration KEPT = Duration.ofMinutes(5);

    private static final int KEY_BYTES = 32;
    private static final int MOST = 10_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Optional<MasterKeys> masterKeys;
    private final InstantSource clock;
    private final Map<Wrapped, Unwrapped> unwrapped = new ConcurrentHashMap<>();
    private final Map<UUID, Wrapped> newest = new ConcurrentHashMap<>();

    DataKeys(Optional<MasterKeys> masterKeys, InstantSource clock) {
        this.masterKeys = masterKeys;
        this.clock = clock;
    }

    /**
     * A data key as it is stored.
     *
     * @param organizationId the tenant, of which it is
     * @param masterKey the name of the master key
     * @param bytes what the master key made of it
     */
    record Wrapped(UUID organizationId, String masterKey, ByteBuffer bytes) {}

    private record Unwrapped(SecretKey key, Instant until) {}

    MasterKeys masterKeys() {
        return masterKeys.orElseThrow(() -> new MissingSecretException("masterKeys"));
    }

    /** A data key of a tenant for new secrets: a new one after some time, and when there is a newer master key. */
    Wrapped forSealing(UUID organizationId) {
        String masterKey = masterKeys().newest();
        return newest.compute(organizationId, (id, present) -> {
            if (present != null && present.masterKey().equals(masterKey) && isKept(present)) {
                return present;
            }
            byte[] key = new byte[KEY_BYTES];
            RANDOM.nextBytes(key);
            byte[] bytes = masterKeys().wrap(masterKey, key, context(organizationId));
            Wrapped wrapped = new Wrapped(organizationId, masterKey, ByteBuffer.wrap(bytes));
            keep(wrapped, key);
            return wrapped;
        });
    }

    /** The key itself. */
    SecretKey unwrap(Wrapped wrapped) throws GeneralSecurityException {
        Unwrapped kept = unwrapped.get(wrapped);
        if (kept != null && clock.instant().isBefore(kept.until())) {
            return kept.key();
        }
        byte[] bytes = new byte[wrapped.bytes().remaining()];
        wrapped.bytes().duplicate().get(bytes);
        return keep(wrapped, masterKeys().unwrap(wrapped.masterKey(), bytes, context(wrapped.organizationId())));
    }

    private boolean isKept(Wrapped wrapped) {
        Unwrapped kept = unwrapped.get(wrapped);
        return kept != null && clock.instant().isBefore(kept.until());
    }

    private SecretKey keep(Wrapped wrapped, byte[] key) {
        Instant now = clock.instant();
        unwrapped.values().removeIf(each -> !now.isBefore(each.until()));
        if (unwrapped.size() >= MOST) {
            unwrapped.clear();
        }
        SecretKey secretKey = new SecretKeySpec(key, "AES");
        unwrapped.put(wrapped, new Unwrapped(secretKey, now.plus(KEPT)));
        return secretKey;
    }

    private static byte[] context(UUID organizationId) {
        return ByteBuffer.allocate(16)
                .putLong(organizationId.getMostSignificantBits())
                .putLong(organizationId.getLeastSignificantBits())
                .array();
    }
}
