package io.promptforge.dao.internal;

import io.promptforge.dao.error.InvalidValueException;
import org.jspecify.annotations.Nullable;

/**
 * The checks that Java makes before the database is asked. Sizes and ranges are the database's; here is what would
 * otherwise fail without naming the field.
 */
public final class Check {
    private Check() {}

    /** The value, if it is not null. */
    public static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidValueException(field, "The field " + field + " must not be null.", null);
        }
        return value;
    }

    /** The text, if it has a visible character and only characters that PostgreSQL can store. */
    public static String text(String field, @Nullable String value) {
        String text = storable(field, present(field, value));
        if (text.isBlank()) {
            throw new InvalidValueException(field, "The field " + field + " must not be blank.", null);
        }
        return text;
    }

    /** The text, if it is null or has only characters that PostgreSQL can store. */
    public static @Nullable String optionalText(String field, @Nullable String value) {
        return value == null ? null : storable(field, value);
    }

    private static String storable(String field, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new InvalidValueException(
                    field, "The field " + field + " holds a NUL character, which PostgreSQL cannot store.", null);
        }
        return text;
    }
}
