package io.promptforge.dao.secret;

import io.promptforge.dao.error.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * The master keys of the host, which wrap the data keys that secrets are sealed with: held in memory, or by a key management service that
 * implements this interface. New secrets are sealed with the newest key; each stored one names its own. To rotate, add a new key behind
 * the old ones, call {@code PromptForge.resealSecrets}, and then leave the old ones out.
 *
 * <p>Implementations are thread-safe. What they throw is thrown by the call that needed the key.
 */
public interface MasterKeys {
    /** The name of the key for new secrets, stored with each: 1 to 255 visible characters of ASCII, such as an address of a KMS. */
    String newest();

    /**
     * Wraps a data key.
     *
     * @param name the master key
     * @param dataKey 32 bytes
     * @param context the tenant, 16 bytes, without which the key must not be unwrapped
     * @return at most 2,048 bytes
     */
    byte[] wrap(String name, byte[] dataKey, byte[] context);

    /**
     * Unwraps a data key.
     *
     * @param name the master key that it was wrapped with
     * @param wrapped what {@link #wrap} returned
     * @param context what {@link #wrap} was given
     * @throws io.promptforge.dao.error.MissingSecretException if there is no such master key
     * @throws GeneralSecurityException if it was wrapped with another key or context, or was changed
     */
    byte[] unwrap(String name, byte[] wrapped, byte[] context) throws GeneralSecurityException;

    /**
     * Keys in memory.
     *
     * @param text one key per line or between commas, the newest last: {@code 2026=} and the base64 of 32 random bytes, as
     *     {@code openssl rand -base64 32} prints it
     * @throws InvalidValueException if there is no key, or one has another form
     */
    static MasterKeys parse(String text) {
        return MemoryMasterKeys.parse(text);
    }

    /**
     * The {@linkplain #parse keys} in a variable of the environment.
     *
     * @throws InvalidValueException if it is not set, or has another form
     */
    static MasterKeys fromEnvironment(String variable) {
        String text = System.getenv(variable);
        if (text == null) {
            throw MemoryMasterKeys.invalid("The variable " + variable + " of the environment is not set.");
        }
        return parse(text);
    }

    /**
     * The {@linkplain #parse keys} in a file, such as a mounted secret. Read once.
     *
     * @throws InvalidValueException if it cannot be read, or has another form
     */
    static MasterKeys fromFile(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw MemoryMasterKeys.invalid("The file " + file + " cannot be read.");
        }
    }
}
