package io.promptforge.dao.internal.write;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.NamedValues;
import io.promptforge.dao.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** The values that are written of a row, by the names of their columns. Immutable. */
public final class ColumnValues implements NamedValues {
    private static final ColumnValues NONE = new ColumnValues(Collections.emptyMap());

    private final Map<String, @Nullable Object> values;

    private ColumnValues(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /** No values. */
    public static ColumnValues none() {
        return NONE;
    }

    /** Adds the value of a column, or replaces it; null is a value. */
    public ColumnValues with(String column, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
        more.put(column, value);
        return new ColumnValues(more);
    }

    /** Sets the value of a column, or removes it if the value is null: for a new row, whose column then has its default. */
    public ColumnValues withOptional(String column, @Nullable Object value) {
        return with(column, value).withoutNulls();
    }

    /** Removes columns whose value is null. */
    public ColumnValues withoutNulls() {
        Map<String, @Nullable Object> present = new LinkedHashMap<>(values);
        present.values().removeIf(Objects::isNull);
        return new ColumnValues(present);
    }

    /** The value of a column; null if there is none. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the type is the one the column was set with
    public <T> @Nullable T get(String column) {
        return (T) values.get(column);
    }

    @Override
    public @Nullable Object value(String field) {
        return values.get(field);
    }

    /** Whether no column has a value. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The values by the names of their columns. */
    public Map<String, @Nullable Object> toMap() {
        return Collections.unmodifiableMap(values);
    }

    /** The values by the fields of a table, as jOOQ stores them. */
    public Map<Field<?>, @Nullable Object> of(Table<?> table) {
        Map<Field<?>, @Nullable Object> byField = new LinkedHashMap<>();
        values.forEach((column, value) -> {
            Field<?> field = Objects.requireNonNull(table.field(column), column);
            byField.put(field, stored(field, value));
        });
        return byField;
    }

    private static @Nullable Object stored(Field<?> field, @Nullable Object value) {
        if (value instanceof Json json) {
            return field.getType() == JSON.class ? JSON.valueOf(json.text()) : Columns.jsonb(json);
        }
        return value instanceof List<?> texts ? texts.toArray(String[]::new) : value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ColumnValues same && values.equals(same.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The columns, without the values. */
    @Override
    public String toString() {
        return new ArrayList<>(values.keySet()).toString();
    }
}
