package io.promptforge.schema.type;

/** What was done to a row. */
public enum AuditAction {
    /** It was inserted. */
    INSERT,
    /** Some of its values were changed. */
    UPDATE,
    /** It was deleted. */
    DELETE
}
