package io.promptforge.dao.page;

import io.promptforge.dao.error.InvalidValueException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param size how many items at most, 1 to {@value #GREATEST_SIZE}
 * @param cursor where to go on, as given by {@link Page#next()}; empty for the first page
 * @param counting whether the page is to say how many items the whole list has
 */
public record PageRequest(int size, Optional<String> cursor, Counting counting) {
    /** The size where none is given. */
    public static final int DEFAULT_SIZE = 50;

    /** The greatest size. */
    public static final int GREATEST_SIZE = 500;

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if the size is out of range or anything is null
     */
    public PageRequest {
        if (size < 1 || size > GREATEST_SIZE) {
            throw new InvalidValueException(
                    "size", "A page has 1 to " + GREATEST_SIZE + " items; " + size + " were asked for.", null);
        }
        present("cursor", cursor);
        present("counting", counting);
    }

    /** The first page, of the default size. */
    public static PageRequest first() {
        return first(DEFAULT_SIZE);
    }

    /** The first page, of the given size. */
    public static PageRequest first(int size) {
        return new PageRequest(size, Optional.empty(), Counting.NONE);
    }

    /** The page after the one that gave this cursor. */
    public PageRequest after(String next) {
        return new PageRequest(size, Optional.of(present("cursor", next)), counting);
    }

    /** The same, and how many items the whole list has. */
    public PageRequest counting(Counting way) {
        return new PageRequest(size, cursor, way);
    }

    private static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidValueException(field, "The field " + field + " must not be null.", null);
        }
        return value;
    }
}
