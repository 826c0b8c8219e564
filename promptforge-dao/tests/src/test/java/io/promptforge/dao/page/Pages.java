package io.promptforge.dao.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads a list to its end, as a caller does. */
public final class Pages {

    private Pages() {}

    /** The items of all pages, in the order in which they came. */
    public static <T> List<T> all(int size, Function<PageRequest, Page<T>> list) {
        Page<T> first = list.apply(PageRequest.first(size));
        List<T> items = new ArrayList<>(first.items());
        items.addAll(after(first, size, list));
        return items;
    }

    /** The items of all pages behind this one. */
    public static <T> List<T> after(Page<T> seen, int size, Function<PageRequest, Page<T>> list) {
        List<T> items = new ArrayList<>();
        Set<String> cursors = new HashSet<>();
        Page<T> page = seen;
        while (page.next().isPresent()) {
            String next = page.next().get();
            assertThat(cursors.add(next))
                    .as("the list goes on, not in a circle")
                    .isTrue();
            page = list.apply(PageRequest.first(size).after(next));
            assertThat(page.items()).isNotEmpty().hasSizeLessThanOrEqualTo(size);
            items.addAll(page.items());
        }
        return items;
    }
}
