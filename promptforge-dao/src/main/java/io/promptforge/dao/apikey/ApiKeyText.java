package io.promptforge.dao.apikey;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * The text of a key: {@code pf_}, then the tenant, the key and 256 random bits as 86 digits to base 62, then their CRC-32 as 6 digits.
 * So a key names its tenant, and what is no key, or was typed wrong, is found out without the database.
 *
 * @param organizationId the tenant
 * @param id the key
 * @param text all of it
 */
record ApiKeyText(UUID organizationId, UUID id, String text) {
    private static final String PREFIX = "pf_";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int SECRET_BYTES = 32;
    private static final int BYTES = 2 * 16 + SECRET_BYTES;
    private static final int BODY = 86;
    private static final int CHECK = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new text of a key. */
    static ApiKeyText random(UUID organizationId, UUID id) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        put(bytes, organizationId);
        put(bytes, id);
        bytes.put(secret);
        String body = PREFIX + digits(new BigInteger(1, bytes.array()), BODY);
        return new ApiKeyText(organizationId, id, body + check(body));
    }

    /** The parts of a text; empty if it is not that of a key. */
    static Optional<ApiKeyText> parse(String text) {
        int end = PREFIX.length() + BODY;
        if (text.length() != end + CHECK
                || !text.startsWith(PREFIX)
                || !text.substring(end).equals(check(text.substring(0, end)))) {
            return Optional.empty();
        }
        BigInteger number = BigInteger.ZERO;
        for (char digit : text.substring(PREFIX.length(), end).toCharArray()) {
            int value = DIGITS.indexOf(digit);
            if (value < 0) {
                return Optional.empty();
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(value));
        }
        if (number.bitLength() > BYTES * Byte.SIZE) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(padded(number.toByteArray()));
        return Optional.of(new ApiKeyText(uuid(bytes), uuid(bytes), text));
    }

    private static String digits(BigInteger number, int count) {
        StringBuilder digits = new StringBuilder();
        BigInteger rest = number;
        for (int i = 0; i < count; i++) {
            BigInteger[] division = rest.divideAndRemainder(BASE);
            digits.append(DIGITS.charAt(division[1].intValue()));
            rest = division[0];
        }
        return digits.reverse().toString();
    }

    private static String check(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return digits(BigInteger.valueOf(crc.getValue()), CHECK);
    }

    /** {@link BigInteger} gives as many bytes as it needs, and one more for the sign. */
    private static byte[] padded(byte[] bytes) {
        byte[] padded = new byte[BYTES];
        int length = Math.min(bytes.length, BYTES);
        System.arraycopy(bytes, bytes.length - length, padded, BYTES - length, length);
        return padded;
    }

    private static void put(ByteBuffer bytes, UUID id) {
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ApiKeyText[" + id + "]";
    }
}
