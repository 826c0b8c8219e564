package io.promptforge.schema.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A part of an archive. */
final class Frame {
    /** How every archive begins; the digit is the version of the format. */
    static final byte[] MAGIC = "PromptForge backup 1\n".getBytes(US_ASCII);

    /** Longer ones are not written. */
    static final int LONGEST = 1 << 30;

    enum Type {
        DESCRIPTION('D'),
        TABLE('T'),
        ROWS('R'),
        TABLE_END('E'),
        END('Z');

        private final char code;

        Type(char code) {
            this.code = code;
        }

        static Optional<Type> of(byte code) {
            return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
        }
    }

    private final Type type;
    private final byte[] content;

    Frame(Type type, byte[] content) {
        this.type = type;
        this.content = content;
    }

    Type type() {
        return type;
    }

    byte[] content() {
        return content;
    }

    /** The type and the length of the content. */
    byte[] head() {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) type.code)
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
