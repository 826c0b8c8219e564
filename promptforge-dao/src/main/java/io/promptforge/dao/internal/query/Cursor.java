package io.promptforge.dao.internal.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.promptforge.dao.error.InvalidValueException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jooq.Converter;
import org.jooq.Field;

/**
 * The cursors of a list: the keys of the last row of a page as text, behind a checksum that binds them to the list. The checksum
 * finds mistakes, not forgeries: a forged cursor only moves within what its caller may read anyway.
 *
 * @param list the list's name, tenant and filter
 * @param order how it is sorted
 */
record Cursor(String list, SortOrder order) {
    /** A character that no text in PostgreSQL contains. */
    private static final String SEPARATOR = "\0";

    /** The cursor of the page behind the row with these keys. */
    String after(List<Object> last) {
        StringBuilder position = new StringBuilder();
        for (int i = 0; i < last.size(); i++) {
            position.append(SEPARATOR).append(stored(order.keys().get(i), last.get(i)));
        }
        String text = Long.toHexString(checksum(position.toString())) + position;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    /**
     * The keys of the row that the page begins behind, as JDBC takes them.
     *
     * @throws InvalidValueException if the cursor is not one of this list
     */
    List<Object> position(String cursor) {
        List<Field<?>> keys = order.keys();
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
            String[] parts = text.split(SEPARATOR, -1);
            if (parts.length == keys.size() + 1
                    && parts[0].equals(Long.toHexString(checksum(text.substring(parts[0].length()))))) {
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < keys.size(); i++) {
                    values.add(value(keys.get(i), parts[i + 1]));
                }
                return values;
            }
        } catch (RuntimeException e) {
            // not Base64, or forged with a right checksum: refused like a wrong checksum
        }
        throw new InvalidValueException(
                "cursor", "The cursor is not one that this list gave.", "Start again from the first page.", null);
    }

    /** The key as the database stores it, as text. */
    private static <T> String stored(Field<T> key, Object value) {
        Converter<Object, T> converter = converter(key);
        return StoredType.of(key)
                .text(Objects.requireNonNull(converter.to(key.getType().cast(value))));
    }

    private static <T> Object value(Field<T> key, String stored) {
        T value = converter(key).from(StoredType.of(key).parse(stored));
        return Objects.requireNonNull(Fragment.bound(key.getDataType(), Objects.requireNonNull(value)));
    }

    @SuppressWarnings("unchecked")
    private static <T> Converter<Object, T> converter(Field<T> key) {
        return (Converter<Object, T>) key.getConverter();
    }

    private long checksum(String position) {
        CRC32C checksum = new CRC32C();
        checksum.update((list + "\n" + order.fingerprint() + "\n" + position).getBytes(UTF_8));
        return checksum.getValue();
    }
}
