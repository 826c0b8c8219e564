package io.promptforge.dao.trace;

/**
 * The order of a list of traces; ties are ordered by id. A start more than a day
 * after the trace was stored counts as when it was stored: see {@link TraceRepository}.
 */
public enum TraceOrder {
    /** The latest start first. */
    NEWEST_FIRST,
    /** The earliest start first. */
    OLDEST_FIRST,
    /** The longest first. Only traces that have ended. */
    SLOWEST_FIRST,
    /** The shortest first. Only traces that have ended. */
    FASTEST_FIRST,
    /** The most tokens, read and written, first. */
    MOST_TOKENS_FIRST,
    /** The fewest tokens, read and written, first. */
    FEWEST_TOKENS_FIRST,
    /** The highest cost first. */
    MOST_EXPENSIVE_FIRST,
    /** The lowest cost first. */
    CHEAPEST_FIRST
}
