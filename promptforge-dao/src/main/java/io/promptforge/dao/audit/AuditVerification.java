package io.promptforge.dao.audit;

import java.util.Optional;

/**
 * What the verification of an audit log found.
 *
 * @param transactions how many transactions were verified
 * @param fault the first fault; empty if there is none
 */
public record AuditVerification(long transactions, Optional<AuditFault> fault) {
    /** Whether no fault was found. */
    public boolean isIntact() {
        return fault.isEmpty();
    }
}
