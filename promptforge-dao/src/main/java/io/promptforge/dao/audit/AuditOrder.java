package io.promptforge.dao.audit;

/** How a list of audit entries is sorted. */
public enum AuditOrder {
    /** The latest change first. */
    NEWEST_FIRST,
    /** The earliest change first. */
    OLDEST_FIRST
}
