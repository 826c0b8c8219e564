package io.promptforge.dao.internal.write;

import static org.jooq.impl.DSL.val;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Configuration;
import org.jooq.Converter;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column for many rows, as an array parameter.
 *
 * @param <T> the type of the column
 */
final class ColumnArray<T> {
    private static final Configuration POSTGRES = new DefaultConfiguration().set(SQLDialect.POSTGRES);

    private final Field<T> field;
    private final List<@Nullable Object> values = new ArrayList<>();

    ColumnArray(Field<T> field) {
        this.field = field;
    }

    Field<T> field() {
        return field;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Adds a value of the column's type, or null. */
    @SuppressWarnings("unchecked")
    void add(@Nullable Object value) {
        values.add(value == null ? null : sent(((Converter<Object, T>) field.getConverter()).to((T) value)));
    }

    /**
     * The array. Numbers go in PostgreSQL's binary form, everything else as text that PostgreSQL turns into the column's
     * type: whole, or, where an array of it would be no flat one or a big one, each value by itself.
     */
    Field<?> parameter() {
        Class<?> stored = field.getConverter().fromType();
        ArrayParameter binding = stored == Long.class
                ? new ArrayParameter("int8", "bigint", Long[]::new)
                : stored == Integer.class
                        ? new ArrayParameter("int4", "integer", Integer[]::new)
                        : stored == Double.class
                                ? new ArrayParameter("float8", "double precision", Double[]::new)
                                : new ArrayParameter(
                                        "text",
                                        travelsAsText(field)
                                                ? "text"
                                                : field.getDataType().getCastTypeName(POSTGRES),
                                        String[]::new);
        return val(values.toArray(), SQLDataType.OTHER.asConvertedDataType(binding));
    }

    /** Documents, and arrays of arrays. */
    static boolean travelsAsText(Field<?> field) {
        return field.getDataType().isJSON() || field.getDataType().isArray();
    }

    private static Object sent(Object stored) {
        if (stored instanceof Long || stored instanceof Integer || stored instanceof Double) {
            return stored;
        }
        if (stored instanceof JSONB jsonb) {
            return jsonb.data();
        }
        if (stored instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return stored instanceof Object[] elements ? literal(elements) : stored.toString();
    }

    /** An array as PostgreSQL writes it. */
    private static String literal(Object[] elements) {
        return Arrays.stream(elements)
                .map(element -> '"' + element.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}
