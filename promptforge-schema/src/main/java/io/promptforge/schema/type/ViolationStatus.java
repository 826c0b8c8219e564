package io.promptforge.schema.type;

/** The state of a violation; the database accepts only the transitions named here. */
public enum ViolationStatus {
    /** New or reopened; becomes acknowledged, resolved or a false positive. */
    OPEN,
    /** A user works on it; becomes resolved, a false positive or open again. */
    ACKNOWLEDGED,
    /** Handled; can be reopened. */
    RESOLVED,
    /** Found not to be a violation; can be reopened. */
    FALSE_POSITIVE
}
