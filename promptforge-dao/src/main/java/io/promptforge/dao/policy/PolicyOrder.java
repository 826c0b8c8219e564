package io.promptforge.dao.policy;

/** In which order policies are listed. */
public enum PolicyOrder {
    /** By name, in the alphabet of the database. */
    BY_NAME,
    /** The latest made first. */
    NEWEST_FIRST,
    /** The earliest made first. */
    OLDEST_FIRST
}
