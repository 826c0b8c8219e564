package io.promptforge.schema.type;

/** The state of a project. */
public enum ProjectStatus {
    /** Being set up. */
    DRAFT,
    /** In use. */
    ACTIVE,
    /** Kept for its history. */
    ARCHIVED
}
