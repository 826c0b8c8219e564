package io.promptforge.dao.page;

/** Whether a page has the number of items of the whole list. */
public enum Counting {
    /** The page has no number. */
    NONE,
    /** The items are counted, which takes time in proportion to their number. */
    EXACT,
    /**
     * PostgreSQL estimates the number from its statistics, which takes as long for a great number as for a small one; it may be
     * far off.
     */
    ESTIMATED
}
