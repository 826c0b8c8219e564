package io.promptforge.dao.policy;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The violations of a tenant's policies.
 *
 * <p>A violation is recorded as open, may be acknowledged, and is then resolved or marked as a false positive; in any of these
 * statuses it can be reopened. If two users take the same step at once, the second one is refused with an
 * {@link io.promptforge.dao.error.IllegalTransitionException}.
 *
 * <p>Thread-safe, unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}, except for parameters marked as nullable. An id of another tenant is not
 * found.
 */
public interface ViolationRepository {
    /**
     * Records violations, all or nothing, in one statement, and one more if some are stored already. Each refers to a version of its
     * policy. One with an {@linkplain NewViolation#externalKey external key} that its policy has already, also from earlier in the
     * list, is not stored again: the stored one stays as it is.
     *
     * @return the violations as stored, in the given order; those stored now are open
     * @throws io.promptforge.dao.error.InvalidReferenceException if a policy or a trace does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted, such as a version that the policy has not
     *     reached
     * @throws io.promptforge.dao.error.ConflictException if a policy was created, or reached the version, only after the batch
     *     was refused; record the violations again
     */
    List<Violation> record(List<NewViolation> violations);

    /** The violation with this id. */
    Optional<Violation> find(UUID id);

    /** The violations with these ids, at most 1,000, by id and in their order; ids that are not found are left out. */
    Map<UUID, Violation> findAll(Collection<UUID> ids);

    /**
     * A page of the violations that pass the filter.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<Violation> list(ViolationFilter filter, ViolationOrder order, PageRequest page);

    /** Counts the violations that pass the filter. */
    long count(ViolationFilter filter);

    /** Counts the violations that pass the filter by status, severity and policy, in one statement. Reads them all. */
    ViolationSummary summary(ViolationFilter filter);

    /**
     * Acknowledges an open violation.
     *
     * @param userId the user who acknowledges it
     * @param at when
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is not open
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user does not exist: {@code acknowledged_by}
     * @throws io.promptforge.dao.error.NotFoundException if there is no such violation
     */
    Violation acknowledge(UUID id, UUID userId, Instant at);

    /**
     * Resolves an open or acknowledged violation.
     *
     * @param userId the user who resolves it
     * @param at when
     * @param notes how it was resolved, at most 4,000 characters; null for no notes
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is resolved or a false positive
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user does not exist: {@code resolved_by}
     * @throws io.promptforge.dao.error.InvalidValueException if the notes are too long: {@code resolution_notes}
     * @throws io.promptforge.dao.error.NotFoundException if there is no such violation
     */
    Violation resolve(UUID id, UUID userId, Instant at, @Nullable String notes);

    /**
     * Marks an open or acknowledged violation as a false positive.
     *
     * @param userId the user who marks it
     * @param at when
     * @param notes why it is a false positive, at most 4,000 characters; null for no notes
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is resolved or a false positive
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user does not exist: {@code resolved_by}
     * @throws io.promptforge.dao.error.InvalidValueException if the notes are too long: {@code resolution_notes}
     * @throws io.promptforge.dao.error.NotFoundException if there is no such violation
     */
    Violation markFalsePositive(UUID id, UUID userId, Instant at, @Nullable String notes);

    /**
     * Reopens a violation. Clears its acknowledgement, its resolution and the notes.
     *
     * @param userId the user who reopens it
     * @param at when
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is open
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user does not exist: {@code reopened_by}
     * @throws io.promptforge.dao.error.NotFoundException if there is no such violation
     */
    Violation reopen(UUID id, UUID userId, Instant at);
}
