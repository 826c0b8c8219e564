package io.promptforge.dao.policy;

/** How a list of policies is sorted. */
public enum PolicyOrder {
    /** By name, in the collation of the database. */
    BY_NAME,
    /** The youngest first. */
    NEWEST_FIRST,
    /** The oldest first. */
    OLDEST_FIRST
}
