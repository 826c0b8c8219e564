package io.promptforge.dao.page;

/**
 * How many items a list has, over all its pages.
 *
 * @param items the number of items
 * @param exact true when they were counted; false when PostgreSQL estimated them from its statistics
 */
public record Count(long items, boolean exact) {}
