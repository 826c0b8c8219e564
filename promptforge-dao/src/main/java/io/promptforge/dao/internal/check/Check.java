package io.promptforge.dao.internal.check;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.text.StorableText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Validates arguments. Sizes and ranges are checked by the database; here are the checks for values that would otherwise fail
 * without the name of the field.
 */
public final class Check {
    /** The years that every client of PostgreSQL can read. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** More than any column takes. Longer numbers are refused by driver, parser or server, without the name of the field. */
    private static final int MOST_DIGITS = 500;

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Check() {}

    /** The value, if it is not null. */
    public static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidValueException(field, "The field " + field + " is null.", "Give a value.", null);
        }
        return value;
    }

    /** The text, if it has a visible character and only characters that PostgreSQL can store. */
    public static String text(String field, @Nullable String value) {
        String text = storable(field, present(field, value));
        if (text.isBlank()) {
            throw new InvalidValueException(
                    field, "The field " + field + " is blank.", "Give a text with a visible character.", null);
        }
        return text;
    }

    /** The text, if it is null or has only characters that PostgreSQL can store. */
    public static @Nullable String optionalText(String field, @Nullable String value) {
        return value == null ? null : storable(field, value);
    }

    /**
     * An unmodifiable copy of the list.
     *
     * @throws InvalidValueException if the list or an element is null; its path names the element, counted from 0
     */
    public static <T> List<T> list(String field, @Nullable Collection<T> values) {
        List<T> copy = new ArrayList<>(present(field, values));
        int missing = copy.indexOf(null);
        if (missing >= 0) {
            throw new InvalidValueException(field, "An element of " + field + " is null.", "Leave it out.", null)
                    .at(field + "[" + missing + "]", null);
        }
        return Collections.unmodifiableList(copy);
    }

    /** A copy of the texts, if each has a visible character and only characters that PostgreSQL can store. */
    public static List<String> texts(String field, @Nullable List<String> values) {
        List<String> texts = present(field, values);
        texts.forEach(value -> text(field, value));
        return List.copyOf(texts);
    }

    /** The constants, without repetition and in the order of their declaration; empty for none. */
    public static <E extends Enum<E>> List<E> choices(String field, @Nullable List<E> values) {
        return list(field, values).stream().distinct().sorted().toList();
    }

    /** The constants, without repetition and in the order of their declaration; empty for none. */
    public static <E extends Enum<E>> List<E> choices(String field, E @Nullable [] values) {
        return choices(field, values == null ? null : Arrays.asList(values));
    }

    /** The moment in the microseconds that PostgreSQL keeps, if it is not null and PostgreSQL knows the year. */
    public static Instant instant(String field, @Nullable Instant value) {
        Instant moment = present(field, value);
        if (moment.isBefore(EARLIEST) || moment.isAfter(LATEST)) {
            throw new InvalidValueException(
                    field,
                    "The field " + field + " is out of range.",
                    "Give a time between " + EARLIEST + " and " + LATEST + ".",
                    null);
        }
        return moment.truncatedTo(ChronoUnit.MICROS);
    }

    /** The moment in the microseconds that PostgreSQL keeps, if it is null or PostgreSQL knows the year. */
    public static @Nullable Instant optionalInstant(String field, @Nullable Instant value) {
        return value == null ? null : instant(field, value);
    }

    /** The number, if it is null or not so long that it is refused before its column checks it. */
    public static @Nullable BigDecimal optionalNumber(String field, @Nullable BigDecimal value) {
        if (value != null && (value.precision() > MOST_DIGITS || Math.abs((long) value.scale()) > MOST_DIGITS)) {
            throw new InvalidValueException(
                    field,
                    "The field " + field + " has too many digits.",
                    "Give a number of at most " + MOST_DIGITS + " digits.",
                    null);
        }
        return value;
    }

    /** The number, if it is null or within the bounds. The database does not name the field of a number that overflows. */
    public static @Nullable BigDecimal optionalNumber(
            String field, @Nullable BigDecimal value, BigDecimal least, BigDecimal greatest) {
        BigDecimal number = optionalNumber(field, value);
        if (number != null && (number.compareTo(least) < 0 || number.compareTo(greatest) > 0)) {
            throw new InvalidValueException(
                    field,
                    "The field " + field + " is out of range.",
                    "Give a number from " + least.toPlainString() + " to " + greatest.toPlainString() + ".",
                    null);
        }
        return number;
    }

    /** The duration, if it is null or one that can be counted in nanoseconds and is not negative. */
    public static @Nullable Duration optionalDuration(String field, @Nullable Duration value) {
        if (value != null && (value.isNegative() || value.compareTo(LONGEST) > 0)) {
            throw new InvalidValueException(
                    field,
                    "The field " + field + " is out of range.",
                    "Give a duration between " + Duration.ZERO + " and " + LONGEST + ".",
                    null);
        }
        return value;
    }

    private static String storable(String field, String text) {
        StorableText.obstacle(text).ifPresent(obstacle -> {
            throw new InvalidValueException(
                    field,
                    "The field " + field + " " + obstacle + ".",
                    "Remove it, or convert the text by StorableText.of.",
                    null);
        });
        return text;
    }
}
