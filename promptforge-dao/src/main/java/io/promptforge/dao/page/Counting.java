package io.promptforge.dao.page;

/** Whether a page is to say how many items the whole list has. */
public enum Counting {
    /** It says nothing. */
    NONE,
    /** All are counted, which takes the longer the more there are. */
    EXACT,
    /** PostgreSQL estimates it from its statistics, at the same price for any number; may be off by a lot. */
    ESTIMATED
}
