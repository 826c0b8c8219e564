package io.promptforge.dao.audit;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The audit log of a tenant: every change of its data, written by the database in the transaction of the change, also of a change by
 * plain SQL. Of traces and spans, which applications send, it has the deletions and redactions only. Logins and what the database
 * counts make no entries. Traces, spans and results of evaluations that one statement deletes, and results that it inserts, are one
 * entry with their number.
 *
 * <p>Each transaction is hashed at its commit together with the hash of the one before it. Transactions that change one tenant
 * wait for each other at that moment. Two transactions that each change several tenants may fail by a deadlock there; repeat
 * them, as after any {@link io.promptforge.dao.error.RetryableException}.
 *
 * <p>Nothing here changes the log; {@link io.promptforge.dao.maintenance.Maintenance#cutAuditLog} deletes its beginning. Thread-safe,
 * unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}. An id of another tenant is not found.
 */
public interface AuditRepository {
    /** The entry with this id. */
    Optional<AuditEntry> find(UUID id);

    /** The entries with these ids, at most 1,000, by id and in their order; ids that are not found are left out. */
    Map<UUID, AuditEntry> findAll(Collection<UUID> ids);

    /**
     * A page of the entries that pass the filter. Of transactions that run at once, one that began to change rows earlier may commit
     * later, so an entry may appear behind a page that was read already.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<AuditEntry> list(AuditFilter filter, AuditOrder order, PageRequest page);

    /** Counts the entries that pass the filter. */
    long count(AuditFilter filter);

    /**
     * The present end of the log, to be kept elsewhere and {@linkplain #verify(AuditDigest) verified} later. In a transaction, what that
     * one has changed is not part of it.
     */
    AuditDigest digest();

    /**
     * Computes all hashes of the log anew and compares them, in one snapshot; reads the whole log. It finds every later change, removal
     * and insertion of entries, but for one case: a superuser who computes all hashes after the change anew. A digest from before
     * finds that.
     */
    AuditVerification verify();

    /**
     * Verifies the log, and that it still has the transaction with which it ended when the digest was made.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the log was cut after the digest's transaction
     */
    AuditVerification verify(AuditDigest digest);
}
