package io.promptforge.schema.type;

/** The consequence of violating an enforced policy. */
public enum PolicyAction {
    /** It is recorded. */
    LOG,
    /** The caller is warned. */
    WARN,
    /** The call is refused. */
    BLOCK,
    /** People are notified. */
    ALERT
}
