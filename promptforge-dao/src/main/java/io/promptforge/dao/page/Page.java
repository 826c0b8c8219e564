package io.promptforge.dao.page;

import io.promptforge.dao.error.InvalidValueException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A page of a list.
 *
 * @param items the items, in the order of the list
 * @param next the cursor of the next page; empty for the last page
 * @param count the number of items of the whole list; empty unless the request asked for it
 * @param <T> the type of the items
 */
public record Page<T>(List<T> items, Optional<String> next, Optional<Count> count) {
    /** The greatest number of an item, counted from 1, that {@link #numbered} reads. */
    public static final int GREATEST_NUMBERED_ITEM = 10_000;

    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }

    /** A page without the number of items of the whole list. */
    public Page(List<T> items, Optional<String> next) {
        this(items, next, Optional.empty());
    }

    /**
     * Reads a page by its number, for screens that show numbers. There is no OFFSET: the pages before it are read as well, by
     * cursors and {@value PageRequest#GREATEST_SIZE} items at a time, in at most 21 statements. So only the first
     * {@value #GREATEST_NUMBERED_ITEM} items can be reached; screens that show "next" instead have no such limit. The number of
     * pages follows from the {@code count} of the repository.
     *
     * <pre>{@code Page.numbered(3, 20, page -> tenant.projects().list(filter, ProjectOrder.BY_NAME, page))}</pre>
     *
     * <p>Each statement sees its own state of the database; inside {@code readOnly} all statements see one state.
     *
     * @param number the number of the page, counted from 1
     * @param size the greatest number of items, 1 to {@value PageRequest#GREATEST_SIZE}
     * @param list reads a page of the list
     * @return the page, without items if the list ends before it
     * @throws InvalidValueException with the field {@code number}, if it is less than 1 or the page ends behind the item
     *     {@value #GREATEST_NUMBERED_ITEM}; with the field {@code size}, if that is out of range
     */
    public static <T> Page<T> numbered(int number, int size, Function<PageRequest, Page<T>> list) {
        PageRequest wanted = PageRequest.first(size);
        if (number < 1 || (long) number * size > GREATEST_NUMBERED_ITEM) {
            throw new InvalidValueException(
                    "number",
                    "A page of " + size + " items cannot have the number " + number + ".",
                    "Give a number from 1 to " + GREATEST_NUMBERED_ITEM / size + ".",
                    null);
        }
        int before = (number - 1) * size;
        while (before > 0) {
            PageRequest skipped = PageRequest.first(Math.min(before, PageRequest.GREATEST_SIZE))
                    .after(wanted.cursor().orElse(null));
            Page<T> page = list.apply(skipped);
            if (page.next().isEmpty()) {
                return new Page<>(List.of(), Optional.empty());
            }
            wanted = wanted.after(page.next().get());
            before -= skipped.size();
        }
        return list.apply(wanted);
    }

    /**
     * Streams a whole list of any length, for exports. The stream reads the pages as it is consumed and keeps one of them in
     * memory; it holds no connection between them, needs no closing and may be left at any item. Each page sees its own state of
     * the database; inside {@code readOnly} all statements see one state.
     *
     * <pre>{@code Page.stream(page -> tenant.traces().list(filter, TraceOrder.OLDEST_FIRST, page)).forEach(writer::write)}</pre>
     *
     * @param list reads a page of the list
     */
    public static <T> Stream<T> stream(Function<PageRequest, Page<T>> list) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Items<>(list), Spliterator.ORDERED), false);
    }

    /** The items of all pages. */
    private static final class Items<T> implements Iterator<T> {
        private final Function<PageRequest, Page<T>> list;
        private Iterator<T> items = List.<T>of().iterator();
        private Optional<PageRequest> following = Optional.of(PageRequest.first(PageRequest.GREATEST_SIZE));

        Items(Function<PageRequest, Page<T>> list) {
            this.list = list;
        }

        @Override
        public boolean hasNext() {
            while (!items.hasNext() && following.isPresent()) {
                PageRequest request = following.get();
                Page<T> page = list.apply(request);
                items = page.items().iterator();
                following = page.next().map(request::after);
            }
            return items.hasNext();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return items.next();
        }
    }
}
