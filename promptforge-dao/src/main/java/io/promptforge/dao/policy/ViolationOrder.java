package io.promptforge.dao.policy;

/** In which order violations are listed. */
public enum ViolationOrder {
    /** The latest detected first. */
    NEWEST_FIRST,
    /** The earliest detected first. */
    OLDEST_FIRST
}
