package io.promptforge.dao.page;

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
 * A part of a list.
 *
 * @param items the items, in the order of the list
 * @param next the cursor of the next page; empty when this is the last one
 * @param count how many items the whole list has, where the request asked for it
 * @param <T> what the list is of
 */
public record Page<T>(List<T> items, Optional<String> next, Optional<Count> count) {
    /** Keeps a copy of the items. */
    public Page {
        items = List.copyOf(items);
    }

    /** A page of a list that nobody counted. */
    public Page(List<T> items, Optional<String> next) {
        this(items, next, Optional.empty());
    }

    /**
     * A whole list, of any length, for exports: its pages are read one after the other as the stream is consumed, and
     * only one of them is in memory. Nothing is open between them, so that nothing needs to be closed and the stream may
     * be left at any place. Each page is of its own moment; inside {@code readOnly} all are of one.
     *
     * <pre>{@code Page.stream(page -> tenant.traces().list(filter, TraceOrder.OLDEST_FIRST, page)).forEach(writer::write)}</pre>
     *
     * @param list reads a page of the list
     */
    public static <T> Stream<T> stream(Function<PageRequest, Page<T>> list) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Items<>(list), Spliterator.ORDERED), false);
    }

    /** Goes from page to page. */
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
