package io.promptforge.dao.internal.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Converter;
import org.jooq.Field;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a query selects, in their order, and how their values are read from what JDBC gives: for results of many
 * rows, since jOOQ's own record of a row takes longer than the row does.
 */
public final class Selection {
    private final List<Field<?>> fields;
    private final Place[] places;

    private Selection(List<Field<?>> fields) {
        this.fields = fields;
        this.places = fields.stream().map(Place::of).toArray(Place[]::new);
    }

    /** These fields. */
    public static Selection of(Field<?>... fields) {
        return new Selection(List.of(fields));
    }

    /** These fields. */
    public static Selection of(List<Field<?>> fields) {
        return new Selection(List.copyOf(fields));
    }

    /** These and, behind them, others. */
    public Selection and(Field<?>... others) {
        return and(List.of(others));
    }

    /** These and, behind them, those of another. */
    public Selection and(Selection other) {
        return and(other.fields);
    }

    Selection and(List<Field<?>> others) {
        return new Selection(Stream.concat(fields.stream(), others.stream()).toList());
    }

    /** The fields, as a query selects them. */
    public List<Field<?>> fields() {
        return fields;
    }

    /** The rows of a query that selects these. */
    public <T> List<T> fetch(ResultQuery<?> query, Function<ResultRow, T> mapper) {
        List<T> rows = new ArrayList<>();
        forEach(query, row -> rows.add(mapper.apply(row)));
        return rows;
    }

    /** The row of a query that selects these and finds one at most. */
    public <T> Optional<T> fetchOptional(ResultQuery<?> query, Function<ResultRow, T> mapper) {
        return fetch(query, mapper).stream().findFirst();
    }

    /** Passes each row of a query that selects these to the consumer, which must not keep it. */
    public void forEach(ResultQuery<?> query, Consumer<ResultRow> consumer) {
        try (ResultSet rows = select(query).fetchResultSet()) {
            forEach(rows, consumer);
        } catch (SQLException e) {
            throw new DataAccessException("reading a result", e);
        }
    }

    /** A statement with RETURNING as a query, since jOOQ would read what it gives into records of its own. */
    private static ResultQuery<?> select(ResultQuery<?> query) {
        return query instanceof Select
                ? query
                : DSL.using(query.configuration()).resultQuery("{0}", query);
    }

    /** Goes through rows that have these fields. A row is valid until the next one. */
    public void forEach(ResultSet rows, Consumer<ResultRow> consumer) throws SQLException {
        ResultRow row = new ResultRow(this, rows);
        while (rows.next()) {
            row.begin();
            consumer.accept(row);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    @Nullable Object read(Field<?> field, int index, ResultSet row) {
        Place place = places[index];
        if (place.field != field) {
            throw new IllegalStateException("not selected in this place: " + field);
        }
        try {
            Object stored = place.type.read(row, index + 1);
            return place.converter == null ? stored : place.converter.from(stored);
        } catch (SQLException e) {
            throw new DataAccessException("reading " + field, e);
        }
    }

    /** By identity: jOOQ compares fields by rendering them. */
    @SuppressWarnings("ReferenceEquality")
    int indexOf(Field<?> field) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i) == field) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return Arrays.toString(fields.toArray());
    }

    /**
     * How the field in one place is read.
     *
     * @param converter null where the stored value is the field's value
     */
    private record Place(
            Field<?> field, StoredType type, @Nullable Converter<Object, ?> converter) {
        @SuppressWarnings("unchecked")
        static Place of(Field<?> field) {
            Converter<?, ?> converter = field.getConverter();
            boolean converts = converter.fromType() != converter.toType();
            return new Place(field, StoredType.of(field), converts ? (Converter<Object, ?>) converter : null);
        }
    }
}
