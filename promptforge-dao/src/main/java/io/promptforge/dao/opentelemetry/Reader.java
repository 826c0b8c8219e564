package io.promptforge.dao.opentelemetry;

import org.jspecify.annotations.Nullable;

/** Reads a plain value of an attribute for a field. */
@FunctionalInterface
interface Reader<T> {

    /** The value for the field; null if the attribute's value does not fit it. */
    @Nullable T read(Object value);

    /** Whether the field keeps everything that the attribute reported, so that the attribute need not stay. */
    default boolean keepsAll(Object value) {
        return true;
    }

    /** A reader whose attribute stays, unless the other reader accepts it, too. */
    default Reader<T> keepingAllOf(Reader<?> exact) {
        Reader<T> rounding = this;
        return new Reader<>() {
            @Override
            public @Nullable T read(Object value) {
                return rounding.read(value);
            }

            @Override
            public boolean keepsAll(Object value) {
                return exact.read(value) != null;
            }
        };
    }
}
