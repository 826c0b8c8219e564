package io.promptforge.dao.page;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param items the items, in the order of the list
 * @param next the cursor of the next page; empty when this is the last one
 * @param <T> what the list is of
 */
public record Page<T>(List<T> items, Optional<String> next) {
    /** Keeps a copy of the items. */
    public Page {
        items = List.copyOf(items);
    }
}
