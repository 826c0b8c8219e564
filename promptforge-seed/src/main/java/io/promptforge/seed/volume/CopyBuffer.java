package io.promptforge.seed.volume;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.promptforge.dao.json.Json;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows in the binary format of PostgreSQL's COPY, which neither side has to parse. Each value must be of the type that
 * its column has. For one thread.
 */
final class CopyBuffer {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int TYPE_TEXT = 25;
    private static final int NULL = -1;

    /** Of {@code numeric(18, 12)}: three digits to the base of 10,000 behind the point. */
    private static final int DECIMALS = 12;

    private static final int BASE = 10_000;

    private byte[] bytes = new byte[1 << 20];
    private int size;

    /** Forgets all rows. */
    void clear() {
        size = 0;
        raw(SIGNATURE);
        int32(0);
        int32(0);
    }

    /** Sends the rows to a {@code COPY ... FROM STDIN (FORMAT binary)}. */
    void send(PGConnection connection, String sql) throws SQLException {
        int16(-1);
        CopyIn copy = connection.getCopyAPI().copyIn(sql);
        try {
            copy.writeToCopy(bytes, 0, size);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** Begins a row of so many values. */
    CopyBuffer row(int columns) {
        return int16(columns);
    }

    CopyBuffer uuid(@Nullable UUID value) {
        return value == null
                ? int32(NULL)
                : int32(16).int64(value.getMostSignificantBits()).int64(value.getLeastSignificantBits());
    }

    CopyBuffer text(@Nullable String value) {
        return value == null ? int32(NULL) : sized(value.getBytes(UTF_8));
    }

    /** As the schema writes closed sets: in lower case. */
    CopyBuffer constant(Enum<?> value) {
        return text(value.name().toLowerCase(Locale.ROOT));
    }

    CopyBuffer texts(List<String> values) {
        int start = size;
        int32(0).int32(values.isEmpty() ? 0 : 1).int32(0).int32(TYPE_TEXT);
        if (!values.isEmpty()) {
            int32(values.size()).int32(1);
            values.forEach(this::text);
        }
        int end = size;
        size = start;
        int32(end - start - Integer.BYTES);
        size = end;
        return this;
    }

    CopyBuffer json(@Nullable Json value) {
        if (value == null) {
            return int32(NULL);
        }
        byte[] text = value.text().getBytes(UTF_8);
        int32(text.length + 1);
        ensure(1);
        bytes[size++] = 1;
        return raw(text);
    }

    CopyBuffer timestamp(@Nullable Instant value) {
        return value == null ? int32(NULL) : int32(8).int64(EPOCH.until(value, ChronoUnit.MICROS));
    }

    CopyBuffer microseconds(@Nullable Duration value) {
        return bigint(value == null ? null : value.toNanos() / 1_000);
    }

    CopyBuffer bigint(@Nullable Long value) {
        return value == null ? int32(NULL) : int32(8).int64(value);
    }

    CopyBuffer integer(@Nullable Integer value) {
        return value == null ? int32(NULL) : int32(4).int32(value);
    }

    CopyBuffer decimal(@Nullable Double value) {
        return value == null ? int32(NULL) : int32(8).int64(Double.doubleToLongBits(value));
    }

    /** Not negative, and less than a million. */
    CopyBuffer dollars(@Nullable BigDecimal value) {
        if (value == null) {
            return int32(NULL);
        }
        long rest = value.setScale(DECIMALS).unscaledValue().longValueExact();
        int[] digits = new int[5];
        for (int i = digits.length - 1; i >= 0; i--) {
            digits[i] = (int) (rest % BASE);
            rest /= BASE;
        }
        int32(8 + 2 * digits.length)
                .int16(digits.length)
                .int16(digits.length - 1 - DECIMALS / 4)
                .int16(0)
                .int16(DECIMALS);
        for (int digit : digits) {
            int16(digit);
        }
        return this;
    }

    private CopyBuffer sized(byte[] value) {
        return int32(value.length).raw(value);
    }

    private CopyBuffer raw(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    private CopyBuffer int16(int value) {
        ensure(2);
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
        return this;
    }

    private CopyBuffer int32(int value) {
        return int16(value >> 16).int16(value);
    }

    private CopyBuffer int64(long value) {
        return int32((int) (value >> 32)).int32((int) value);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
