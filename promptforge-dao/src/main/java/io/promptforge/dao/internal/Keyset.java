package io.promptforge.dao.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.exception.DataTypeException;

/**
 * Reads a list page by page: the next page begins behind the last row of this one, found through the index of the sort
 * order, so that every page costs the same.
 *
 * @param list names the list and its filters; a cursor of another list is refused
 * @param key the field it is sorted by, never null
 * @param id the field that decides between equal keys
 * @param <K> the type of the key
 */
public record Keyset<K>(String list, Field<K> key, Field<UUID> id) {
    private static final int CHECKSUM = 8;

    /** The page, of a query that has neither order nor limit yet. */
    public <R extends Record, T> Page<T> fetch(
            SelectConditionStep<R> query, PageRequest request, Function<R, T> mapper) {
        Condition behind = request.cursor()
                .map(this::position)
                .<Condition>map(last -> row(key, id).gt(last.key(), last.id()))
                .orElse(noCondition());
        List<R> rows =
                query.and(behind).orderBy(key, id).limit(request.size() + 1).fetch();
        boolean more = rows.size() > request.size();
        List<R> shown = more ? rows.subList(0, request.size()) : rows;
        return new Page<>(
                shown.stream().map(mapper).toList(),
                more ? Optional.of(cursor(shown.get(shown.size() - 1))) : Optional.empty());
    }

    private String cursor(Record last) {
        byte[] position = (last.get(key) + "\n" + last.get(id)).getBytes(UTF_8);
        byte[] signed = Arrays.copyOf(checksum(position), CHECKSUM + position.length);
        System.arraycopy(position, 0, signed, CHECKSUM, position.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    private Position<K> position(String cursor) {
        try {
            byte[] signed = Base64.getUrlDecoder().decode(cursor);
            byte[] position = Arrays.copyOfRange(signed, CHECKSUM, signed.length);
            if (MessageDigest.isEqual(checksum(position), Arrays.copyOf(signed, CHECKSUM))) {
                String text = new String(position, UTF_8);
                int border = text.lastIndexOf('\n');
                UUID lastId = UUID.fromString(text.substring(border + 1));
                // jOOQ makes null of a time that it cannot read.
                K lastKey = key.getDataType().convert(text.substring(0, border));
                if (lastKey != null) {
                    return new Position<>(lastKey, lastId);
                }
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DataTypeException e) {
            // not Base64, too short, or forged with a right checksum: as wrong as a wrong one
        }
        throw new InvalidValueException(
                "cursor", "The cursor is not one that this list gave; start again from the first page.", null);
    }

    /** Binds a position to its list. No secret: whoever forges a cursor only moves within what they may read anyway. */
    private byte[] checksum(byte[] position) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((list + "\n").getBytes(UTF_8));
            return Arrays.copyOf(digest.digest(position), CHECKSUM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private record Position<K>(K key, UUID id) {}
}
