package io.promptforge.dao.internal.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.promptforge.dao.error.InvalidValueException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jooq.Converter;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.exception.DataTypeException;
import org.jooq.impl.DefaultDataType;

/**
 * The cursors of a list: the keys of the last row of a page as text, with a checksum that binds them to the list. No secret: a
 * forged cursor only moves within what its caller may read anyway.
 *
 * @param list the list's name, tenant and filter
 * @param order how it is sorted
 */
record Cursor(String list, SortOrder order) {
    private static final int CHECKSUM = 8;

    /** A character that no text in PostgreSQL contains. */
    private static final String SEPARATOR = "\0";

    /** The cursor of the page behind the row with these keys. */
    String after(List<Object> last) {
        List<String> position = new ArrayList<>();
        for (int i = 0; i < last.size(); i++) {
            position.add(stored(order.keys().get(i), last.get(i)));
        }
        byte[] text = String.join(SEPARATOR, position).getBytes(UTF_8);
        byte[] signed = Arrays.copyOf(checksum(text), CHECKSUM + text.length);
        System.arraycopy(text, 0, signed, CHECKSUM, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    /**
     * The keys of the row that the page begins behind.
     *
     * @throws InvalidValueException if the cursor is not one of this list
     */
    List<Object> position(String cursor) {
        List<Field<?>> keys = order.keys();
        try {
            byte[] signed = Base64.getUrlDecoder().decode(cursor);
            byte[] text = Arrays.copyOfRange(signed, CHECKSUM, signed.length);
            String[] position = new String(text, UTF_8).split(SEPARATOR, -1);
            if (MessageDigest.isEqual(checksum(text), Arrays.copyOf(signed, CHECKSUM))
                    && position.length == keys.size()) {
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < position.length; i++) {
                    values.add(value(keys.get(i), position[i]));
                }
                return values;
            }
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | ClassCastException
                | NullPointerException
                | DataTypeException
                | InvalidValueException e) {
            // not Base64, too short, or forged with a right checksum: refused like a wrong checksum
        }
        throw new InvalidValueException(
                "cursor", "The cursor is not one that this list gave; start again from the first page.", null);
    }

    /** The key as the database stores it, as text. */
    private static <T> String stored(Field<T> key, Object value) {
        Converter<Object, T> converter = converter(key);
        return Objects.requireNonNull(converter.to(key.getType().cast(value))).toString();
    }

    /** Reads a key again. jOOQ makes null of a time that it cannot read. */
    private static <T> Object value(Field<T> key, String stored) {
        Converter<Object, T> converter = converter(key);
        Object read = DefaultDataType.getDataType(SQLDialect.POSTGRES, converter.fromType())
                .convert(Objects.requireNonNull(stored));
        T value = Objects.requireNonNull(converter.from(Objects.requireNonNull(read)));
        return Objects.requireNonNull(Fragment.bound(key.getDataType(), value));
    }

    @SuppressWarnings("unchecked")
    private static <T> Converter<Object, T> converter(Field<T> key) {
        return (Converter<Object, T>) key.getConverter();
    }

    private byte[] checksum(byte[] position) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((list + "\n" + order.fingerprint() + "\n").getBytes(UTF_8));
            return Arrays.copyOf(digest.digest(position), CHECKSUM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
