package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.write.ArrayType;
import io.promptforge.dao.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/**
 * A column of a written row: how its value is taken from the row, sent, read back, and which of two reported values is kept.
 *
 * @param <F> what has the values: {@link TraceFields}, {@link SpanFields}, {@link TraceRow} or {@link SpanRow}
 * @param <T> the type of the value
 */
final class Column<F, T> {
    /** Of its ids, times and numbers, and its place in a buffer. */
    private static final long BYTES_OF_RECORD = 512;

    private static final long BYTES_OF_TEXT = 64;

    private final Field<?> column;
    private final Function<F, @Nullable T> getter;
    private final BiConsumer<F, T> setter;
    private final @Nullable BinaryOperator<T> rule;
    private final @Nullable T empty;
    private final ArrayType type;

    private Column(
            Field<?> column,
            Function<F, @Nullable T> getter,
            BiConsumer<F, T> setter,
            @Nullable BinaryOperator<T> rule,
            @Nullable T empty) {
        this.column = column;
        this.getter = getter;
        this.setter = setter;
        this.rule = rule;
        this.empty = empty;
        this.type = ArrayType.of(column);
    }

    /** A column whose rule decides between two values. */
    static <F, T> Column<F, T> of(
            Field<T> column, Function<F, @Nullable T> getter, BiConsumer<F, T> setter, BinaryOperator<T> rule) {
        return new Column<>(column, getter, setter, rule, null);
    }

    /** A column of JSON documents. */
    static <F> Column<F, Json> ofDocument(
            Field<JSONB> column,
            Function<F, @Nullable Json> getter,
            BiConsumer<F, Json> setter,
            BinaryOperator<Json> rule) {
        return new Column<>(column, getter, setter, rule, null);
    }

    /** A column of lists of texts; an empty list counts as no value when records are merged. */
    static <F> Column<F, List<String>> ofTexts(
            Field<String[]> column,
            Function<F, List<String>> getter,
            BiConsumer<F, List<String>> setter,
            BinaryOperator<List<String>> rule) {
        return new Column<>(column, getter, setter, rule, List.of());
    }

    /** A column of the names of other columns; null for none. */
    static <R> Column<R, List<String>> ofNames(
            Field<String[]> column, Function<R, Set<String>> getter, BiConsumer<R, Set<String>> setter) {
        return new Column<>(
                column,
                row -> {
                    Set<String> names = getter.apply(row);
                    return names.isEmpty() ? null : names.stream().sorted().toList();
                },
                (row, names) -> setter.accept(row, Set.copyOf(names)),
                null,
                null);
    }

    /** A column that is not merged by itself: a key, a derived one, or one of a group that is merged together. */
    static <F, T> Column<F, T> unmerged(Field<T> column, Function<F, @Nullable T> getter, BiConsumer<F, T> setter) {
        return new Column<>(column, getter, setter, null, null);
    }

    /** A column of JSON documents that is not merged by itself. */
    static <F> Column<F, Json> unmergedDocument(
            Field<JSONB> column, Function<F, @Nullable Json> getter, BiConsumer<F, Json> setter) {
        return new Column<>(column, getter, setter, null, null);
    }

    /** This column with a default value of its field, which counts as no value when records are merged. */
    Column<F, T> emptyAs(T value) {
        return new Column<>(column, getter, setter, rule, value);
    }

    /** This column for rows that have the fields as a part. */
    <R> Column<R, T> in(Function<R, F> part) {
        return new Column<>(
                column,
                row -> getter.apply(part.apply(row)),
                (row, value) -> setter.accept(part.apply(row), value),
                rule,
                empty);
    }

    Field<?> field() {
        return column;
    }

    /** How its values are sent. */
    ArrayType type() {
        return type;
    }

    boolean isDocument() {
        return column.getDataType().isJSON();
    }

    /** The value itself. */
    @Nullable T get(F fields) {
        return getter.apply(fields);
    }

    /** Sets the value to that of a record which does not report it. */
    @SuppressWarnings("NullAway") // a setter takes null where the column has no other empty value
    void clear(F fields) {
        setter.accept(fields, empty);
    }

    /** Sets the value to that of other fields. */
    @SuppressWarnings("NullAway") // a setter takes null where the column has no other empty value
    void copy(F from, F to) {
        setter.accept(to, getter.apply(from));
    }

    String name() {
        return column.getName();
    }

    /** The value as jOOQ stores it. */
    @Nullable Object value(F fields) {
        T value = getter.apply(fields);
        if (value instanceof Json json) {
            return Columns.jsonb(json);
        }
        return value instanceof List<?> texts ? texts.toArray(String[]::new) : value;
    }

    /** Sets the field to the next value of a row. */
    @SuppressWarnings("unchecked")
    void read(ResultRow row, F fields) {
        Object value = row.takeNullable(column);
        if (value != null) {
            setter.accept(fields, (T)
                    (value instanceof JSONB jsonb
                            ? Columns.json(jsonb)
                            : value instanceof String[] texts ? List.of(texts) : value));
        }
    }

    /** Sets the field to what two sets of records report together. */
    static <F extends Reported<F>> void mergeAll(List<Column<F, ?>> columns, Merge<F> merge, F fields) {
        columns.forEach(column -> merge(column, merge, fields));
    }

    private static <F extends Reported<F>, T> void merge(Column<F, T> column, Merge<F> merge, F fields) {
        T merged = column.rule == null ? null : merge.of(column.name(), column::reported, column.rule);
        if (merged != null) {
            column.setter.accept(fields, merged);
        }
    }

    private @Nullable T reported(F fields) {
        T value = getter.apply(fields);
        return value == null || value.equals(empty) ? null : value;
    }

    /** Whether the fields of all these columns are equal. */
    static <F> boolean areEqual(List<Column<F, ?>> columns, F one, F other) {
        for (Column<F, ?> column : columns) {
            if (!Objects.equals(column.getter.apply(one), column.getter.apply(other))) {
                return false;
            }
        }
        return true;
    }

    /** Estimates the bytes of memory of a record with these columns; {@link NewTrace#estimatedBytes()} states the rule. */
    static <F> long estimatedBytes(List<Column<F, ?>> columns, F fields) {
        long bytes = BYTES_OF_RECORD;
        for (Column<F, ?> column : columns) {
            bytes += estimatedBytes(column.getter.apply(fields));
        }
        return bytes;
    }

    private static long estimatedBytes(@Nullable Object value) {
        if (value instanceof String text) {
            return BYTES_OF_TEXT + 2L * text.length();
        }
        if (value instanceof Json document) {
            return document.estimatedBytes();
        }
        long bytes = 0;
        if (value instanceof List<?> texts) {
            for (Object text : texts) {
                bytes += estimatedBytes(text);
            }
        }
        return bytes;
    }
}
