package io.promptforge.schema.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Whole rows of a table as COPY writes them in text format, each with a line end; and the same compressed, after the length that it
 * had. Compressed by themselves, blocks can be made by several threads.
 */
final class Block {
    /** Large enough that compressing it alone costs hardly any size. */
    static final int SIZE = 1 << 20;

    /** No row is longer: PostgreSQL refuses values of more than 1 GiB, and this schema much shorter ones. */
    private static final int LONGEST = 1 << 30;

    private Block() {}

    /** Compresses rows. */
    static byte[] compress(byte[] rows) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(rows);
            deflater.finish();
            byte[] packed = new byte[rows.length / 2 + 1024];
            int length = Integer.BYTES;
            ByteBuffer.wrap(packed).putInt(rows.length);
            while (!deflater.finished()) {
                if (length == packed.length) {
                    packed = Arrays.copyOf(packed, packed.length * 2);
                }
                length += deflater.deflate(packed, length, packed.length - length);
            }
            return Arrays.copyOf(packed, length);
        } finally {
            deflater.end();
        }
    }

    /**
     * Decompresses what {@link #compress} has made.
     *
     * @throws DataFormatException if it is anything else
     */
    static byte[] decompress(byte[] packed) throws DataFormatException {
        if (packed.length < Integer.BYTES) {
            throw new DataFormatException("too short");
        }
        int length = ByteBuffer.wrap(packed).getInt();
        if (length < 0 || length > LONGEST) {
            throw new DataFormatException("impossible length");
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed, Integer.BYTES, packed.length - Integer.BYTES);
            byte[] rows = new byte[length];
            int filled = 0;
            while (filled < length) {
                int more = inflater.inflate(rows, filled, length - filled);
                if (more == 0) {
                    throw new DataFormatException("too short");
                }
                filled += more;
            }
            return rows;
        } finally {
            inflater.end();
        }
    }

    /** Counts rows and adds up their checksums. */
    static TableContent content(byte[] rows, int length) {
        MessageDigest sha = sha256();
        byte[] hash = new byte[sha.getDigestLength()];
        long count = 0;
        long sum = 0;
        int start = 0;
        try {
            for (int i = 0; i < length; i++) {
                if (rows[i] == '\n') {
                    sha.update(rows, start, i - start);
                    sha.digest(hash, 0, hash.length);
                    sum += ByteBuffer.wrap(hash).getLong();
                    count++;
                    start = i + 1;
                }
            }
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
        return new TableContent(count, sum);
    }

    /** Whether the first column of every row has this value, and a row ends where the block ends. */
    static boolean everyRowBegins(byte[] rows, String value) {
        byte[] beginning = value.getBytes(US_ASCII);
        int start = 0;
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == '\n') {
                int end = start + beginning.length;
                if (end > i
                        || !Arrays.equals(rows, start, end, beginning, 0, beginning.length)
                        || (end < i && rows[end] != '\t')) {
                    return false;
                }
                start = i + 1;
            }
        }
        return start == rows.length;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
