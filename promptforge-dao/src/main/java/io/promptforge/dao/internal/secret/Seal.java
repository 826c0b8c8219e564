package io.promptforge.dao.internal.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.promptforge.dao.error.UnreadableSecretException;
import io.promptforge.dao.secret.MasterKeys;
import io.promptforge.dao.secret.Secret;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets by AES-256-GCM with a data key, which a master key of the host wraps. A sealed secret opens only for the tenant, row and
 * column that it was sealed for.
 *
 * <p>Its bytes: the format (1), the length of the master key's name and the name, the length (two bytes) of the wrapped data key and the
 * key, a nonce of 12 bytes, the ciphertext with its tag of 16 bytes. All that stands before the ciphertext is authenticated with it.
 */
public final class Seal {
    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DataKeys dataKeys;

    private Seal(DataKeys dataKeys) {
        this.dataKeys = dataKeys;
    }

    /** A seal by the master keys of the host; without them, each call fails. */
    public static Seal by(Optional<MasterKeys> masterKeys, InstantSource clock) {
        return new Seal(new DataKeys(masterKeys, clock));
    }

    /**
     * What a secret belongs to.
     *
     * @param organizationId the tenant
     * @param column the table and the column, with a point between
     * @param id the row
     */
    public record Place(UUID organizationId, String column, UUID id) {
        byte[] bytes() {
            return (organizationId + "/" + column + "/" + id).getBytes(UTF_8);
        }

        UnreadableSecretException unreadable(String reason, @Nullable Throwable cause) {
            return new UnreadableSecretException(column + " of " + id, reason, cause);
        }
    }

    /** The sealed secret. */
    public byte[] seal(Place place, Secret secret) {
        DataKeys.Wrapped key = dataKeys.forSealing(place.organizationId());
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] head = head(key, nonce);
        try {
            byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, key, nonce, place, head)
                    .doFinal(secret.reveal().getBytes(UTF_8));
            return ByteBuffer.allocate(head.length + ciphertext.length)
                    .put(head)
                    .put(ciphertext)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /**
     * The secret.
     *
     * @throws UnreadableSecretException if it was sealed for another place or with another key, or was changed
     * @throws io.promptforge.dao.error.MissingSecretException if there is no such master key
     */
    public Secret open(Place place, byte[] stored) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(stored);
            DataKeys.Wrapped key = key(place, bytes);
            byte[] nonce = take(bytes, NONCE_BYTES);
            byte[] head = head(key, nonce);
            byte[] text = cipher(Cipher.DECRYPT_MODE, key, nonce, place, head).doFinal(take(bytes, bytes.remaining()));
            return Secret.of(new String(text, UTF_8));
        } catch (GeneralSecurityException | ProviderException e) {
            throw place.unreadable(
                    "the master key is another one than it was sealed with, or it was sealed for another tenant or row, or changed",
                    e);
        } catch (BufferUnderflowException e) {
            throw place.unreadable("it has no known format", e);
        }
    }

    /** Whether it was sealed with the newest master key. */
    public boolean isNewest(Place place, byte[] stored) {
        try {
            return key(place, ByteBuffer.wrap(stored))
                    .masterKey()
                    .equals(dataKeys.masterKeys().newest());
        } catch (BufferUnderflowException e) {
            throw place.unreadable("it has no known format", e);
        }
    }

    private Cipher cipher(int mode, DataKeys.Wrapped key, byte[] nonce, Place place, byte[] head)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, dataKeys.unwrap(key), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(head);
        cipher.updateAAD(place.bytes());
        return cipher;
    }

    private static byte[] head(DataKeys.Wrapped key, byte[] nonce) {
        byte[] name = key.masterKey().getBytes(US_ASCII);
        ByteBuffer wrapped = key.bytes().duplicate();
        return ByteBuffer.allocate(4 + name.length + wrapped.remaining() + nonce.length)
                .put(FORMAT)
                .put((byte) name.length)
                .put(name)
                .putShort((short) wrapped.remaining())
                .put(wrapped)
                .put(nonce)
                .array();
    }

    private static DataKeys.Wrapped key(Place place, ByteBuffer stored) {
        if (stored.get() != FORMAT) {
            throw place.unreadable("it has no known format", null);
        }
        String name = new String(take(stored, Byte.toUnsignedInt(stored.get())), US_ASCII);
        byte[] wrapped = take(stored, Short.toUnsignedInt(stored.getShort()));
        return new DataKeys.Wrapped(place.organizationId(), name, ByteBuffer.wrap(wrapped));
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        if (length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }
}
