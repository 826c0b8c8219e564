package io.promptforge.schema.type;

/** How serious a violation is, in ascending order. */
public enum Severity {
    /** For information. */
    LOW,
    /** To be looked at. */
    MEDIUM,
    /** To be looked at today. */
    HIGH,
    /** To be looked at immediately. */
    CRITICAL
}
