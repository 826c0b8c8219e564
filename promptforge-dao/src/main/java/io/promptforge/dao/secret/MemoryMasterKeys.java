package io.promptforge.dao.secret;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.MissingSecretException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Master keys in memory, which wrap by AES-256-GCM: a nonce of 12 bytes, then the ciphertext with its tag. */
final class MemoryMasterKeys implements MasterKeys {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, SecretKey> keys;
    private final String newest;

    private MemoryMasterKeys(Map<String, SecretKey> keys, String newest) {
        this.keys = keys;
        this.newest = newest;
    }

    static MasterKeys parse(String text) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        String newest = "";
        for (String line : text.split("[\\n,]", -1)) {
            int end = line.indexOf('=');
            if (!line.isBlank()) {
                newest = end < 0 ? "" : line.substring(0, end).strip();
                keys.put(checked(newest), new SecretKeySpec(decoded(newest, line.substring(end + 1)), "AES"));
            }
        }
        if (keys.isEmpty()) {
            throw invalid("There is no master key.");
        }
        return new MemoryMasterKeys(Map.copyOf(keys), newest);
    }

    private static String checked(String name) {
        if (!name.matches("[!-~&&[^=]]{1,255}")) {
            throw invalid("A master key has no name.");
        }
        return name;
    }

    private static byte[] decoded(String name, String base64) {
        try {
            byte[] key = Base64.getDecoder().decode(base64.strip());
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // no base64: the message must not have what the text is
        }
        throw invalid("The master key " + name + " is not the base64 of 32 bytes.");
    }

    static InvalidValueException invalid(String problem) {
        return new InvalidValueException(
                "masterKeys", problem, "Give a name, an equals sign and the base64 of 32 random bytes.", null);
    }

    @Override
    public String newest() {
        return newest;
    }

    @Override
    public byte[] wrap(String name, byte[] dataKey, byte[] context) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] ciphertext =
                    cipher(Cipher.ENCRYPT_MODE, name, nonce, context).doFinal(dataKey);
            byte[] wrapped = Arrays.copyOf(nonce, NONCE_BYTES + ciphertext.length);
            System.arraycopy(ciphertext, 0, wrapped, NONCE_BYTES, ciphertext.length);
            return wrapped;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    @Override
    public byte[] unwrap(String name, byte[] wrapped, byte[] context) throws GeneralSecurityException {
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, name, Arrays.copyOf(wrapped, NONCE_BYTES), context);
        if (wrapped.length < NONCE_BYTES) {
            throw new AEADBadTagException("shorter than a nonce");
        }
        return cipher.doFinal(wrapped, NONCE_BYTES, wrapped.length - NONCE_BYTES);
    }

    private Cipher cipher(int mode, String name, byte[] nonce, byte[] context) throws GeneralSecurityException {
        SecretKey key = keys.get(name);
        if (key == null) {
            throw new MissingSecretException(name);
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context);
        return cipher;
    }

    /** The names. */
    @Override
    public String toString() {
        return "MasterKeys" + keys.keySet();
    }
}
