package io.promptforge.dao.policy;

/** How a list of violations is sorted. */
public enum ViolationOrder {
    /** The latest detection first. */
    NEWEST_FIRST,
    /** The earliest detection first. */
    OLDEST_FIRST
}
