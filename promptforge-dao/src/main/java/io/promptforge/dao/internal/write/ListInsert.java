package io.promptforge.dao.internal.write;

import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.session.Session;
import io.promptforge.dao.internal.session.TenantSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Inserts many rows into a table. The number of statements does not grow with the rows: there is one for each set of
 * columns that rows have values for, because a column without a value has its default.
 *
 * @param table the table
 * @param reader reads the inserted rows
 * @param id the id of a read row
 * @param <T> what a row becomes
 */
public record ListInsert<R extends Record, T>(Table<R> table, RowReader<T> reader, Function<T, UUID> id) {
    /**
     * Stores all elements of a list, or none.
     *
     * @param name of the list, for the path of a refused element
     * @param values of the row of an element; throws if the element is not accepted
     * @return what is stored, in the order of the list
     * @throws FieldException if an element is refused, with its path
     */
    public <E> List<T> all(TenantSession session, String name, List<E> elements, Function<E, ColumnValues> values) {
        List<ColumnValues> rows =
                each(name, elements, element -> values.apply(element).with("id", Ids.next()));
        return store(session, name, rows, this::insert);
    }

    /** Inserts rows of the tenant, which have their ids, in a transaction; returns them in their order. */
    public List<T> insert(TenantSession tx, List<ColumnValues> rows) {
        return insert(
                tx.session(),
                rows.stream()
                        .map(row -> row.with("organization_id", tx.organizationId()))
                        .toList());
    }

    /** Inserts rows, which have their ids and tenants, in a transaction; returns them in their order. */
    public List<T> insert(Session tx, List<ColumnValues> rows) {
        Map<List<Field<?>>, RowArrays<R>> byColumns = new LinkedHashMap<>();
        for (ColumnValues row : rows) {
            Map<Field<?>, @Nullable Object> values = row.of(table);
            List<Field<?>> columns =
                    Arrays.stream(table.fields()).filter(values::containsKey).toList();
            byColumns
                    .computeIfAbsent(columns, some -> new RowArrays<>(table, some))
                    .add(columns.stream().map(values::get).toList());
        }
        Map<UUID, T> inserted = new HashMap<>();
        for (RowArrays<R> some : byColumns.values()) {
            tx.run(dsl -> reader.fetch(some.insert(dsl).returning(reader.fields())))
                    .forEach(row -> inserted.put(id.apply(row), row));
        }
        return rows.stream()
                .map(row -> Objects.requireNonNull(inserted.get(row.<UUID>get("id"))))
                .toList();
    }

    /** What becomes of each element; a refusal has the path of its element. */
    public static <E, V> List<V> each(String name, List<E> elements, Function<E, V> function) {
        List<V> values = new ArrayList<>(elements.size());
        for (E element : elements) {
            try {
                values.add(function.apply(element));
            } catch (FieldException refusal) {
                throw refusal.at(name + "[" + values.size() + "]", null);
            }
        }
        return values;
    }

    /** Each element of a list with the one at its place in another list, which must be as long. */
    public static <A, B> List<Map.Entry<A, B>> pairs(String name, List<A> some, String otherName, List<B> others) {
        List<A> first = Check.list(name, some);
        List<B> second = Check.list(otherName, others);
        if (first.size() != second.size()) {
            throw new InvalidValueException(
                    otherName,
                    "There are " + second.size() + " " + otherName + " for " + first.size() + " " + name + ".",
                    "Give one for each, in the same order.",
                    null);
        }
        return IntStream.range(0, first.size())
                .mapToObj(i -> Map.entry(first.get(i), second.get(i)))
                .toList();
    }

    /**
     * Writes a list.
     *
     * @param <S> the session of the transaction
     */
    @FunctionalInterface
    public interface Work<S, E, T> {
        /** Writes the elements in a transaction; returns what is stored, in their order. */
        List<T> on(S tx, List<E> elements);
    }

    /** Writes a list of a tenant as {@link #store(Session, String, List, Work)}. */
    public static <E, T> List<T> store(
            TenantSession session, String name, List<E> elements, Work<TenantSession, E, T> write) {
        return store(session.session(), name, elements, (tx, some) -> write.on(session.in(tx), some));
    }

    /**
     * Writes a list as {@link #store(Session, String, List, Work)}.
     *
     * @param claim comes first in the transaction; refuses an element with its path
     */
    public static <E, T> List<T> store(
            Session session,
            String name,
            List<E> elements,
            BiConsumer<Session, List<E>> claim,
            Work<Session, E, T> write) {
        if (elements.isEmpty()) {
            return List.of();
        }
        try {
            return session.transaction(tx -> {
                claim.accept(tx, elements);
                return write.on(tx, elements);
            });
        } catch (FieldException refusal) {
            throw refusal.path().isPresent()
                    ? refusal
                    : RefusedElementSearch.locate(session, refusal, name, elements, write::on);
        }
    }

    /** Writes a list in one transaction; a refusal has the path of its element, for which parts of the list are tried again. */
    public static <E, T> List<T> store(Session session, String name, List<E> elements, Work<Session, E, T> write) {
        if (elements.isEmpty()) {
            return List.of();
        }
        try {
            return session.transaction(tx -> write.on(tx, elements));
        } catch (FieldException refusal) {
            throw RefusedElementSearch.locate(session, refusal, name, elements, write::on);
        }
    }
}
