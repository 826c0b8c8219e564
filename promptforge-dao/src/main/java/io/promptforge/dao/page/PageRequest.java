package io.promptforge.dao.page;

import io.promptforge.dao.error.InvalidValueException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted: {@code PageRequest.first(20).after(cursor)}. Immutable and thread-safe. A value that is not
 * accepted is refused with an {@link InvalidValueException} by the method that sets it; a cursor, by the list.
 */
public final class PageRequest {
    /** The number of items of a page where none is given. */
    public static final int DEFAULT_SIZE = 50;

    /** The greatest number of items of a page. */
    public static final int GREATEST_SIZE = 500;

    private final int size;
    private final @Nullable String cursor;
    private final Counting counting;

    private PageRequest(int size, @Nullable String cursor, Counting counting) {
        this.size = size;
        this.cursor = cursor;
        this.counting = counting;
    }

    /** The first page, of {@value #DEFAULT_SIZE} items. */
    public static PageRequest first() {
        return first(DEFAULT_SIZE);
    }

    /**
     * The first page, of another size.
     *
     * @param size the greatest number of items, 1 to {@value #GREATEST_SIZE}
     */
    public static PageRequest first(int size) {
        if (size < 1 || size > GREATEST_SIZE) {
            throw new InvalidValueException(
                    "size", "A page cannot have " + size + " items.", "Give 1 to " + GREATEST_SIZE + ".", null);
        }
        return new PageRequest(size, null, Counting.NONE);
    }

    /** The page after the one whose {@link Page#next()} is this cursor; null for the first page. */
    public PageRequest after(@Nullable String cursor) {
        return new PageRequest(size, cursor, counting);
    }

    /** Sets whether the page has the number of items of the whole list; by default it has none. */
    public PageRequest counting(Counting counting) {
        if (counting == null) {
            throw new InvalidValueException("counting", "The field counting is null.", "Give a value.", null);
        }
        return new PageRequest(size, cursor, counting);
    }

    /** The greatest number of items. */
    public int size() {
        return size;
    }

    /** The cursor of the page; empty for the first page. */
    public Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }

    /** Whether the page has the number of items of the whole list. */
    public Counting counting() {
        return counting;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PageRequest same
                && size == same.size
                && Objects.equals(cursor, same.cursor)
                && counting == same.counting;
    }

    @Override
    public int hashCode() {
        return Objects.hash(size, cursor, counting);
    }

    @Override
    public String toString() {
        return "PageRequest[size=" + size + ", cursor=" + cursor + ", counting=" + counting + "]";
    }
}
