package io.promptforge.dao.internal.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.page.Count;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Converter;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.SelectConditionStep;
import org.jooq.exception.DataTypeException;
import org.jooq.impl.DefaultDataType;

/**
 * Reads a list page by page: the next page begins behind the last row of this one, found through the index of the sort
 * order, so that every page costs the same, and rows that come or go meanwhile shift nothing.
 *
 * @param list which list it is; a cursor of another list is refused
 * @param keys the fields it is sorted by, in the order of an index; never null, and together different for every row
 * @param descending whether the greatest come first
 */
public record Keyset(String list, List<Field<?>> keys, boolean descending) {
    private static final int CHECKSUM = 8;

    /** What no text in PostgreSQL contains. */
    private static final String SEPARATOR = "\0";

    /**
     * A list with the smallest keys first.
     *
     * @param list its name, its tenant, its filter and its order, whose texts are the same in every JVM
     */
    public static Keyset ascending(List<?> list, Field<?>... keys) {
        return new Keyset(list.toString(), List.of(keys), false);
    }

    /**
     * A list with the greatest keys first.
     *
     * @param list its name, its tenant, its filter and its order, whose texts are the same in every JVM
     */
    public static Keyset descending(List<?> list, Field<?>... keys) {
        return new Keyset(list.toString(), List.of(keys), true);
    }

    /** The page, of a query that has neither order nor limit yet and selects the keys. */
    public <R extends Record, T> Page<T> fetch(
            DSLContext dsl, SelectConditionStep<R> query, PageRequest request, Function<? super R, T> mapper) {
        Condition behind = behind(Check.present("page", request));
        Optional<Count> count = count(dsl, query, request);
        return page(
                query.and(behind)
                        .orderBy(order())
                        .limit(inline(request.size() + 1))
                        .fetch(),
                request,
                count,
                mapper);
    }

    /** Where the page begins: for a query that makes a page in its own way. */
    public Condition behind(PageRequest request) {
        return request.cursor().map(cursor -> behind(position(cursor))).orElse(noCondition());
    }

    /** The keys of the row that the page begins behind; none for the first page. */
    List<Param<?>> position(PageRequest request) {
        return request.cursor().map(this::position).orElse(List.of());
    }

    /**
     * Where a page begins, for a query that is executed so often that PostgreSQL should plan it once for all pages. The
     * planner does not look into the query that the position becomes here; with the values before it, a page far behind
     * seems worth a plan of its own, made anew each time, which takes longer than the page.
     *
     * @param position of the page; bound in this order
     */
    Condition behindWithOnePlan(List<Param<?>> position) {
        if (position.isEmpty()) {
            return noCondition();
        }
        return descending ? row(keys).lt(select(position)) : row(keys).gt(select(position));
    }

    /** The page, of its rows in their order, and of one more if there is one. */
    public <R extends Record, T> Page<T> page(
            List<R> rows, PageRequest request, Optional<Count> count, Function<? super R, T> mapper) {
        boolean more = rows.size() > request.size();
        List<R> shown = more ? rows.subList(0, request.size()) : rows;
        return new Page<>(
                shown.stream().<T>map(mapper).toList(),
                more ? Optional.of(cursor(values(shown.get(shown.size() - 1)))) : Optional.empty(),
                count);
    }

    static Optional<Count> count(DSLContext dsl, SelectConditionStep<?> query, PageRequest request) {
        return switch (request.counting()) {
            case NONE -> Optional.empty();
            case EXACT -> Optional.of(Count.exact(dsl.fetchCount(query)));
            case ESTIMATED ->
                Optional.of(Count.estimated(Math.round(dsl.explain(query).rows())));
        };
    }

    List<OrderField<?>> order() {
        return keys.stream()
                .<OrderField<?>>map(key -> descending ? key.desc() : key.asc())
                .toList();
    }

    private Condition behind(List<Param<?>> last) {
        return descending ? row(keys).lt(row(last)) : row(keys).gt(row(last));
    }

    private List<Object> values(Record last) {
        return keys.stream().<Object>map(last::get).toList();
    }

    /** How it is sorted, the same in every JVM. */
    String shape() {
        return keys.stream().map(Field::getName).toList() + String.valueOf(descending);
    }

    /** Behind the row with these keys. */
    String cursor(List<Object> last) {
        List<String> position = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            position.add(stored(keys.get(i), last.get(i)));
        }
        byte[] text = String.join(SEPARATOR, position).getBytes(UTF_8);
        byte[] signed = Arrays.copyOf(checksum(text), CHECKSUM + text.length);
        System.arraycopy(text, 0, signed, CHECKSUM, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    private List<Param<?>> position(String cursor) {
        try {
            byte[] signed = Base64.getUrlDecoder().decode(cursor);
            byte[] text = Arrays.copyOfRange(signed, CHECKSUM, signed.length);
            String[] position = new String(text, UTF_8).split(SEPARATOR, -1);
            if (MessageDigest.isEqual(checksum(text), Arrays.copyOf(signed, CHECKSUM))
                    && position.length == keys.size()) {
                List<Param<?>> values = new ArrayList<>();
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
            // not Base64, too short, or forged with a right checksum: as wrong as a wrong one
        }
        throw new InvalidValueException(
                "cursor", "The cursor is not one that this list gave; start again from the first page.", null);
    }

    /** The key as the database has it, as text. */
    private static <T> String stored(Field<T> key, Object value) {
        Converter<Object, T> converter = converter(key);
        return Objects.requireNonNull(converter.to(key.getType().cast(value))).toString();
    }

    /** The key again. jOOQ makes null of a time that it cannot read. */
    private static <T> Param<T> value(Field<T> key, String stored) {
        Converter<Object, T> converter = converter(key);
        Object read = DefaultDataType.getDataType(SQLDialect.POSTGRES, converter.fromType())
                .convert(Objects.requireNonNull(stored));
        return val(Objects.requireNonNull(converter.from(Objects.requireNonNull(read))), key.getDataType());
    }

    @SuppressWarnings("unchecked")
    private static <T> Converter<Object, T> converter(Field<T> key) {
        return (Converter<Object, T>) key.getConverter();
    }

    /** Binds a position to its list. No secret: whoever forges a cursor only moves within what they may read anyway. */
    private byte[] checksum(byte[] position) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((list + "\n" + shape() + "\n").getBytes(UTF_8));
            return Arrays.copyOf(digest.digest(position), CHECKSUM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
