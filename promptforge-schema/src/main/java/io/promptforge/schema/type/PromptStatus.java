package io.promptforge.schema.type;

/** The state of a prompt. */
public enum PromptStatus {
    /** Being written. */
    DRAFT,
    /** In use. */
    ACTIVE,
    /** Kept for its history. */
    ARCHIVED
}
