package io.promptforge.schema.type;

/** What people made of a violation; the database accepts only the transitions named here. */
public enum ViolationStatus {
    /** Nobody has dealt with it. */
    OPEN,
    /** Somebody took it on; goes to resolved, false positive or back to open. */
    ACKNOWLEDGED,
    /** Dealt with; can be opened again. */
    RESOLVED,
    /** There was none; can be opened again. */
    FALSE_POSITIVE
}
