package io.promptforge.schema.type;

/** What a violation of an enforced policy leads to. */
public enum PolicyAction {
    /** It is recorded. */
    LOG,
    /** The caller is told. */
    WARN,
    /** The call is refused. */
    BLOCK,
    /** People are notified. */
    ALERT
}
