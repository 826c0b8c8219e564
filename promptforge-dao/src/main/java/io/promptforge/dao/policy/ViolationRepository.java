package io.promptforge.dao.policy;

import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The violations of a tenant's policies. Thread-safe, unless it belongs to a transaction. Every method is one statement
 * (a second one counts a list or finds out why a change was not made), and throws
 * {@link io.promptforge.dao.error.InvalidValueException} when it is given null where nothing says that it may.
 *
 * <p>A violation is open, perhaps acknowledged, and then resolved or a false positive; any of these can be opened again.
 * Of two people who do the same at once, one is told that it is done already.
 */
public interface ViolationRepository {
    /** For the library's own use: the repository over a session. */
    static ViolationRepository over(TenantSession session) {
        return new JooqViolationRepository(session);
    }

    /**
     * Records any number of violations, all or none; one statement for any number of them. Each is pinned to the version
     * of its policy.
     *
     * @return the violations as stored, all open, in the order given
     * @throws io.promptforge.dao.error.InvalidReferenceException if a policy or a trace is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted, such as a version that the policy
     *     has not reached
     * @throws io.promptforge.dao.error.ConflictException if a policy came into being or reached the version at that very
     *     moment; record them again
     */
    List<Violation> record(List<NewViolation> violations);

    /** The violation with this id. */
    Optional<Violation> find(UUID id);

    /** A page of the violations that the filter lets through. */
    Page<Violation> list(ViolationFilter filter, ViolationOrder order, PageRequest page);

    /** How many violations the filter lets through, in all, by status, by severity and by policy. */
    ViolationCounts counts(ViolationFilter filter);

    /**
     * Notes that somebody took on an open violation.
     *
     * @param userId who
     * @param at when
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is not open
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user is not there: {@code acknowledged_by}
     */
    Violation acknowledge(UUID id, UUID userId, Instant at);

    /**
     * Notes that somebody dealt with an open or acknowledged violation.
     *
     * @param userId who
     * @param at when
     * @param notes how, at most 4,000 characters, or null
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is resolved or a false positive
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user is not there: {@code resolved_by}
     * @throws io.promptforge.dao.error.InvalidValueException if the notes are too long: {@code resolution_notes}
     */
    Violation resolve(UUID id, UUID userId, Instant at, @Nullable String notes);

    /**
     * Notes that somebody found an open or acknowledged violation to be none.
     *
     * @param userId who
     * @param at when
     * @param notes why, at most 4,000 characters, or null
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is resolved or a false positive
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user is not there: {@code resolved_by}
     * @throws io.promptforge.dao.error.InvalidValueException if the notes are too long: {@code resolution_notes}
     */
    Violation markFalsePositive(UUID id, UUID userId, Instant at, @Nullable String notes);

    /**
     * Opens a violation again. Who acknowledged and resolved it, and the notes, are cleared; who opened it again stays.
     *
     * @param userId who
     * @param at when
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is open
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user is not there: {@code reopened_by}
     */
    Violation reopen(UUID id, UUID userId, Instant at);
}
