package io.promptforge.schema.type;

/** Where a project stands. */
public enum ProjectStatus {
    /** Being set up. */
    DRAFT,
    /** In use. */
    ACTIVE,
    /** Kept for its history. */
    ARCHIVED
}
