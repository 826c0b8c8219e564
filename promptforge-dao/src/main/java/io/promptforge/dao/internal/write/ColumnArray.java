package io.promptforge.dao.internal.write;

import static org.jooq.impl.DSL.val;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The values of one column for many rows, as an array parameter of a jOOQ statement. */
final class ColumnArray {
    private final Field<?> field;
    private final ArrayType type;
    private final List<@Nullable Object> values = new ArrayList<>();

    ColumnArray(Field<?> field) {
        this.field = field;
        this.type = ArrayType.of(field);
    }

    Field<?> field() {
        return field;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Adds a value of the column's type, or null. */
    void add(@Nullable Object value) {
        values.add(value);
    }

    Field<?> parameter() {
        return val(type.bind(values), SQLDataType.OTHER.asConvertedDataType(new ArrayParameter(type.elementType())));
    }
}
