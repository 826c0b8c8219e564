package io.promptforge.benchmarks;

import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * A column that the contenders write.
 *
 * @param name its name
 * @param kind the type of its values
 * @param value its value in a row
 * @param <R> the row
 */
record InsertColumn<R>(String name, Kind kind, Value<R> value) {
    /** The types of columns. */
    enum Kind {
        /** {@code UUID}. */
        ID(Types.OTHER, "?"),
        /** {@code String}. */
        TEXT(Types.VARCHAR, "?"),
        /** {@code String[]}. */
        TEXTS(Types.ARRAY, "?"),
        /** The text of a {@code Json}. */
        JSON(Types.OTHER, "?::jsonb"),
        /** {@code Instant}. */
        TIME(Types.TIMESTAMP_WITH_TIMEZONE, "?"),
        /** {@code Integer}. */
        INTEGER(Types.INTEGER, "?"),
        /** {@code Long}. */
        LONG(Types.BIGINT, "?"),
        /** {@code Double}. */
        DOUBLE(Types.DOUBLE, "?"),
        /** {@code BigDecimal}. */
        DECIMAL(Types.NUMERIC, "?"),
        /** {@code Boolean}. */
        FLAG(Types.BOOLEAN, "?");

        private final int jdbc;
        private final String placeholder;

        Kind(int jdbc, String placeholder) {
            this.jdbc = jdbc;
            this.placeholder = placeholder;
        }

        /** The constant of {@link Types}. */
        int jdbc() {
            return jdbc;
        }

        /** The placeholder in an INSERT. */
        String placeholder() {
            return placeholder;
        }
    }

    /** Takes a value from a row. */
    interface Value<R> {
        @Nullable Object of(R row);
    }
}
