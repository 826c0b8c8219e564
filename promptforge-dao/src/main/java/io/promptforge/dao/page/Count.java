package io.promptforge.dao.page;

/**
 * The number of items of a list, over all its pages.
 *
 * @param items the number of items
 * @param exact whether they were counted; false when PostgreSQL estimated them from its statistics
 */
public record Count(long items, boolean exact) {
    /** The number of items that were counted. */
    public static Count exact(long items) {
        return new Count(items, true);
    }

    /** The number of items that PostgreSQL estimated from its statistics. */
    public static Count estimated(long items) {
        return new Count(items, false);
    }
}
