package io.promptforge.dao.audit;

/**
 * A sign that the audit log was changed other than by appending to it.
 *
 * @param kind what was found
 * @param number the number of the transaction where it was found
 */
public record AuditFault(Kind kind, long number) {
    /** What can be found. */
    public enum Kind {
        /** The transaction with this number is missing. */
        MISSING,
        /** The transaction, its entries or the one before it are not those that were hashed. */
        CHANGED,
        /** There are transactions or entries that are not in the chain. The number is that of the last in it. */
        NOT_CHAINED,
        /** The log does not end with its last transaction. */
        END_CHANGED,
        /** The transactions up to this number were deleted, but no entry says that the log was cut there. */
        CUT_NOT_RECORDED,
        /** The transaction with this number is not the one that the digest was made of. */
        DIGEST_DIFFERS
    }
}
