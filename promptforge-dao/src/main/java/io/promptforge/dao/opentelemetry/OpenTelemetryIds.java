package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Converts the ids of OpenTelemetry to UUIDs and back. A trace id has 16 bytes, as a UUID has. A span id has 8 bytes, which become
 * the lower half of a UUID whose upper half is zero. Hexadecimal digits are read in upper and lower case and written in lower case.
 * An id of zeros only is invalid, as in the W3C's trace context. Thread-safe.
 */
public final class OpenTelemetryIds {
    private static final HexFormat HEX = HexFormat.of();
    private static final int DIGITS_OF_HALF = 16;

    private OpenTelemetryIds() {}

    /**
     * The id of a trace.
     *
     * @param hex 32 hexadecimal digits
     * @throws InvalidValueException if it is not that, or zeros only
     */
    public static UUID traceId(String hex) {
        return traceId("trace_id", "The field trace_id", hex);
    }

    /**
     * The 32 hexadecimal digits of a trace.
     *
     * @throws InvalidValueException if all of the id is zero
     */
    public static String traceId(UUID id) {
        Check.present("trace_id", id);
        refuseZero("trace_id", "The field trace_id", id);
        return HEX.toHexDigits(id.getMostSignificantBits()) + HEX.toHexDigits(id.getLeastSignificantBits());
    }

    /**
     * The id of a span; unique in its trace only.
     *
     * @param hex 16 hexadecimal digits
     * @throws InvalidValueException if it is not that, or zeros only
     */
    public static UUID spanId(String hex) {
        return spanId("span_id", "The field span_id", hex);
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
                    "span_id", "The field span_id is not an OpenTelemetry span id: its upper half must be zero.", null);
        }
        refuseZero("span_id", "The field span_id", id);
        return HEX.toHexDigits(id.getLeastSignificantBits());
    }

    /** The id of a trace, for which a message uses this name. */
    static UUID traceId(String field, String name, String hex) {
        refuseMalformed(field, name, hex, 2 * DIGITS_OF_HALF);
        return nonZero(field, name, new UUID(half(hex, 0), half(hex, DIGITS_OF_HALF)));
    }

    /** The id of a span, for which a message uses this name. */
    static UUID spanId(String field, String name, String hex) {
        refuseMalformed(field, name, hex, DIGITS_OF_HALF);
        return nonZero(field, name, new UUID(0, half(hex, 0)));
    }

    private static long half(String hex, int from) {
        return HexFormat.fromHexDigitsToLong(hex, from, from + DIGITS_OF_HALF);
    }

    private static void refuseMalformed(String field, String name, String hex, int digits) {
        if (hex == null || hex.length() != digits || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new InvalidValueException(field, name + " must be " + digits + " hexadecimal digits.", null);
        }
    }

    private static UUID nonZero(String field, String name, UUID id) {
        refuseZero(field, name, id);
        return id;
    }

    private static void refuseZero(String field, String name, UUID id) {
        if (id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0) {
            throw new InvalidValueException(field, name + " must not be zeros only.", null);
        }
    }
}
