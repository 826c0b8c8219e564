package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Converts the ids of OpenTelemetry to UUIDs and back. A trace id has 16 bytes, as a UUID has. A span id has 8 bytes, which become
 * the lower half of a UUID whose upper half is zero, as do trace ids of 8 bytes, which older tracers have. Ids are read from hexadecimal
 * digits in upper and lower case, and from base64, in which some senders of OTLP's JSON write bytes; they are written as hexadecimal
 * digits in lower case. An id of zeros only is invalid, as in the W3C's trace context. Thread-safe.
 */
public final class OpenTelemetryIds {
    private static final HexFormat HEX = HexFormat.of();
    private static final int BYTES = 8;

    private OpenTelemetryIds() {}

    /**
     * The id of a trace.
     *
     * @param text 32 or 16 hexadecimal digits, or the base64 of 16 or 8 bytes
     * @throws InvalidValueException if it is not that, or zeros only
     */
    public static UUID traceId(String text) {
        byte[] bytes = bytes(text);
        if (bytes.length != BYTES && bytes.length != 2 * BYTES) {
            throw malformed("trace_id", "32 or 16 hexadecimal digits, or the base64 of 16 or 8 bytes");
        }
        return id("trace_id", bytes);
    }

    /**
     * The 32 hexadecimal digits of a trace.
     *
     * @throws InvalidValueException if all of the id is zero
     */
    public static String traceId(UUID id) {
        Check.present("trace_id", id);
        refuseZero("trace_id", id);
        return HEX.toHexDigits(id.getMostSignificantBits()) + HEX.toHexDigits(id.getLeastSignificantBits());
    }

    /**
     * The id of a span; unique in its trace only.
     *
     * @param text 16 hexadecimal digits, or the base64 of 8 bytes
     * @throws InvalidValueException if it is not that, or zeros only
     */
    public static UUID spanId(String text) {
        return spanId("span_id", text);
    }

    /**
     * The 16 hexadecimal digits of a span.
     *
     * @throws InvalidValueException if the id is not one of OpenTelemetry: its upper half is not zero, or all of it is
     */
    public static String spanId(UUID id) {
        Check.present("span_id", id);
        if (id.getMostSignificantBits() != 0) {
            throw new InvalidValueException(
                    "span_id",
                    "The field span_id is not an OpenTelemetry span id.",
                    "Give one whose upper half is zero.",
                    null);
        }
        refuseZero("span_id", id);
        return HEX.toHexDigits(id.getLeastSignificantBits());
    }

    /** The id of a span in a field of this name. */
    static UUID spanId(String field, String text) {
        byte[] bytes = bytes(text);
        if (bytes.length != BYTES) {
            throw malformed(field, "16 hexadecimal digits, or the base64 of 8 bytes");
        }
        return id(field, bytes);
    }

    /** The bytes of hexadecimal digits or of base64, whose lengths never agree; none if it is neither. */
    private static byte[] bytes(@Nullable String text) {
        String id = text == null ? "" : text;
        try {
            return id.length() == 2 * BYTES || id.length() == 4 * BYTES
                    ? HEX.parseHex(id)
                    : Base64.getDecoder().decode(id.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static UUID id(String field, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        UUID id = new UUID(bytes.length > BYTES ? buffer.getLong() : 0, buffer.getLong());
        refuseZero(field, id);
        return id;
    }

    private static InvalidValueException malformed(String field, String form) {
        return new InvalidValueException(field, "The field " + field + " is malformed.", "Give " + form + ".", null);
    }

    private static void refuseZero(String field, UUID id) {
        if (id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0) {
            throw new InvalidValueException(
                    field, "The field " + field + " is zeros only.", "Give the id of a span or trace.", null);
        }
    }
}
