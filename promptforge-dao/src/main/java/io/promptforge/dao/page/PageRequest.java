package io.promptforge.dao.page;

import io.promptforge.dao.error.InvalidValueException;
import java.util.Optional;

/**
 * Which part of a list is wanted.
 *
 * @param size how many items at most, 1 to {@value #GREATEST_SIZE}
 * @param cursor where to go on, as given by {@link Page#next()}; empty for the first page
 */
public record PageRequest(int size, Optional<String> cursor) {
    /** The size where none is given. */
    public static final int DEFAULT_SIZE = 50;

    /** The greatest size. */
    public static final int GREATEST_SIZE = 500;

    /**
     * Checks the size.
     *
     * @throws InvalidValueException if the size is out of range
     */
    public PageRequest {
        if (size < 1 || size > GREATEST_SIZE) {
            throw new InvalidValueException(
                    "size", "A page has 1 to " + GREATEST_SIZE + " items; " + size + " were asked for.", null);
        }
    }

    /** The first page, of the default size. */
    public static PageRequest first() {
        return new PageRequest(DEFAULT_SIZE, Optional.empty());
    }

    /** The first page, of the given size. */
    public static PageRequest first(int size) {
        return new PageRequest(size, Optional.empty());
    }

    /** The page after the one that gave this cursor. */
    public PageRequest after(String next) {
        return new PageRequest(size, Optional.of(next));
    }
}
