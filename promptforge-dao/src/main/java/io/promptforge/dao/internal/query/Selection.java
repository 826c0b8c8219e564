package io.promptforge.dao.internal.query;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.raw;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Converter;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a query selects, in their order, and how their values are read from what JDBC gives: for results of many
 * rows, since jOOQ's own record of a row takes longer than the row does.
 */
public final class Selection {
    private static final Map<Class<?>, Reader> READERS = Map.ofEntries(
            entry(UUID.class, (row, place) -> row.getObject(place, UUID.class)),
            entry(String.class, ResultSet::getString),
            entry(Integer.class, (row, place) -> orNull(row, row.getInt(place))),
            entry(Long.class, (row, place) -> orNull(row, row.getLong(place))),
            entry(Double.class, (row, place) -> orNull(row, row.getDouble(place))),
            entry(Boolean.class, (row, place) -> orNull(row, row.getBoolean(place))),
            entry(BigDecimal.class, ResultSet::getBigDecimal),
            entry(Instant.class, Selection::instant),
            entry(JSONB.class, (row, place) -> JSONB.jsonbOrNull(row.getString(place))),
            entry(String[].class, Selection::array));

    private final List<Field<?>> fields;
    private final Reader[] readers;

    private Selection(List<Field<?>> fields) {
        this.fields = fields;
        this.readers = fields.stream().map(Selection::reader).toArray(Reader[]::new);
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

    /** The same as one text, for a query of a single table: for jOOQ to render each of many takes a part of the query's time. */
    public Field<?> asText() {
        return field(raw(fields.stream().map(Selection::quotedName).collect(joining(", "))));
    }

    private static String quotedName(Field<?> field) {
        return '"' + field.getName() + '"';
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

    /** Goes through the rows of a query that selects these. What is given for a row is good until the next one. */
    public void forEach(ResultQuery<?> query, Consumer<ResultRow> consumer) {
        if (!(query instanceof Select)) {
            query.forEach(record -> consumer.accept(new ResultRow(this, record)));
            return;
        }
        try (ResultSet rows = query.fetchResultSet()) {
            forEach(rows, consumer);
        } catch (SQLException e) {
            throw new DataAccessException("reading a result", e);
        }
    }

    void forEach(ResultSet rows, Consumer<ResultRow> consumer) throws SQLException {
        ResultRow row = new ResultRow(this, rows);
        while (rows.next()) {
            row.begin();
            consumer.accept(row);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    @Nullable Object read(Field<?> field, int index, ResultSet row) {
        if (fields.get(index) != field) {
            throw new IllegalStateException("not selected in this place: " + field);
        }
        try {
            return readers[index].read(row, index + 1);
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

    private static <T> Reader reader(Field<T> field) {
        Converter<?, T> converter = field.getConverter();
        Reader reader = requireNonNull(READERS.get(converter.fromType()), field::toString);
        return converter.fromType() == converter.toType() ? reader : converted(reader, converter);
    }

    private static <S, T> Reader converted(Reader reader, Converter<S, T> converter) {
        return (row, place) -> converter.from(converter.fromType().cast(reader.read(row, place)));
    }

    private static <T> @Nullable T orNull(ResultSet row, T value) throws SQLException {
        return row.wasNull() ? null : value;
    }

    private static @Nullable Instant instant(ResultSet row, int place) throws SQLException {
        OffsetDateTime time = row.getObject(place, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static String @Nullable [] array(ResultSet row, int place) throws SQLException {
        Array array = row.getArray(place);
        return array == null ? null : (String[]) array.getArray();
    }

    @Override
    public String toString() {
        return Arrays.toString(fields.toArray());
    }

    /** Reads the value in a place, counted from 1. */
    private interface Reader {
        @Nullable Object read(ResultSet row, int place) throws SQLException;
    }
}
