package io.promptforge.dao.trace;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/**
 * A column that records of a trace or a span report: which field it stores, and which of two values is kept.
 *
 * @param <F> the fields: {@link TraceFields} or {@link SpanFields}
 * @param <T> the type of the field
 */
final class RecordColumn<F, T> {
    /** Of its ids, times and numbers, and its place in a buffer. */
    private static final long BYTES_OF_RECORD = 512;

    private static final long BYTES_OF_TEXT = 64;

    private final Field<?> column;
    private final Function<F, @Nullable T> getter;
    private final BiConsumer<F, T> setter;
    private final @Nullable BinaryOperator<T> rule;
    private final @Nullable T empty;

    private RecordColumn(
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
    }

    /** A column whose rule decides between two values. */
    static <F, T> RecordColumn<F, T> of(
            Field<T> column, Function<F, @Nullable T> getter, BiConsumer<F, T> setter, BinaryOperator<T> rule) {
        return new RecordColumn<>(column, getter, setter, rule, null);
    }

    /** A column of JSON documents. */
    static <F> RecordColumn<F, Json> ofDocument(
            Field<JSONB> column,
            Function<F, @Nullable Json> getter,
            BiConsumer<F, Json> setter,
            BinaryOperator<Json> rule) {
        return new RecordColumn<>(column, getter, setter, rule, null);
    }

    /** A column of lists of texts; an empty list counts as no value when records are merged. */
    static <F> RecordColumn<F, List<String>> ofTexts(
            Field<String[]> column,
            Function<F, List<String>> getter,
            BiConsumer<F, List<String>> setter,
            BinaryOperator<List<String>> rule) {
        return new RecordColumn<>(column, getter, setter, rule, List.of());
    }

    /** A column that is merged together with others, not by itself. */
    static <F, T> RecordColumn<F, T> ofGroup(
            Field<T> column, Function<F, @Nullable T> getter, BiConsumer<F, T> setter) {
        return new RecordColumn<>(column, getter, setter, null, null);
    }

    /** This column with a default value of its field, which counts as no value when records are merged. */
    RecordColumn<F, T> emptyAs(T value) {
        return new RecordColumn<>(column, getter, setter, rule, value);
    }

    Field<?> field() {
        return column;
    }

    String name() {
        return column.getName();
    }

    /** The value as jOOQ stores it. */
    @Nullable Object stored(F fields) {
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

    /** Sets the field to what two records report together. */
    void merge(RecordMerge<F> merge, F fields) {
        T merged = rule == null ? null : merge.of(name(), this::reported, rule);
        if (merged != null) {
            setter.accept(fields, merged);
        }
    }

    private @Nullable T reported(F fields) {
        T value = getter.apply(fields);
        return value == null || value.equals(empty) ? null : value;
    }

    /** Whether the fields of all these columns are equal. */
    static <F> boolean areEqual(List<RecordColumn<F, ?>> columns, F one, F other) {
        for (RecordColumn<F, ?> column : columns) {
            if (!Objects.equals(column.getter.apply(one), column.getter.apply(other))) {
                return false;
            }
        }
        return true;
    }

    /** Estimates the bytes of memory of a record with these columns; {@link NewTrace#estimatedBytes()} states the rule. */
    static <F> long estimatedBytes(List<RecordColumn<F, ?>> columns, F fields) {
        long bytes = BYTES_OF_RECORD;
        for (RecordColumn<F, ?> column : columns) {
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
