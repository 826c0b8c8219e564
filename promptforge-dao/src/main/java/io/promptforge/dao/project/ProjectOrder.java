package io.promptforge.dao.project;

/** How a list of projects is sorted. */
public enum ProjectOrder {
    /** By name. */
    BY_NAME,
    /** The youngest first. */
    NEWEST_FIRST,
    /** The oldest first. */
    OLDEST_FIRST,
    /** What was changed last first. */
    RECENTLY_UPDATED_FIRST
}
