package io.promptforge.dao.opentelemetry;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The rows of the tables of attributes. */
final class Tables {
    private Tables() {}

    /** All sources of all rows. */
    static List<Source> sources() {
        return Stream.of(AttributeTable.class, DocumentTable.class, UsageTable.class)
                .flatMap(table -> Arrays.stream(table.getDeclaredFields()))
                .filter(field -> field.getType() == Row.class)
                .flatMap(field -> row(field).sources())
                .distinct()
                .toList();
    }

    private static Row<?> row(Field field) {
        try {
            return (Row<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
