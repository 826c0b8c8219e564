package io.promptforge.schema.type;

/** Where a prompt stands. */
public enum PromptStatus {
    /** Being written. */
    DRAFT,
    /** In use. */
    ACTIVE,
    /** Kept for its history. */
    ARCHIVED
}
