package io.promptforge.schema.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** A part of an archive. */
record Frame(Type type, byte[] content) {
    /** How every archive begins; the digit is the version of the format. */
    static final byte[] MAGIC = "PromptForge backup 1\n".getBytes(US_ASCII);

    /** Longer ones are not written. */
    static final int LONGEST = 1 << 30;

    enum Type {
        DESCRIPTION,
        TABLE,
        ROWS,
        TABLE_END,
        END
    }

    /** The type and the length of the content. */
    byte[] head() {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) type.ordinal())
                .putInt(content.length)
                .array();
    }

    static int crc(byte[] head, byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(head);
        crc.update(content);
        return (int) crc.getValue();
    }
}
