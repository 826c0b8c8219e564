package io.promptforge.dao.policy;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The policies of a tenant.
 *
 * <p>Thread-safe, unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}. An id of another tenant is not found.
 */
public interface PolicyRepository {
    /**
     * Creates a policy.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the name is taken in the project
     * @throws io.promptforge.dao.error.InvalidReferenceException if the project, the user or the tenant does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    Policy create(NewPolicy policy);

    /**
     * Creates policies, all or none, in a number of statements that does not grow with the list.
     *
     * @return them as stored, in the given order
     * @throws io.promptforge.dao.error.FieldException as {@link #create(NewPolicy)}, with the path of the refused element
     */
    List<Policy> create(List<NewPolicy> policies);

    /** The policy with this id. */
    Optional<Policy> find(UUID id);

    /** The project's policy with this name, to the letter. */
    Optional<Policy> findByName(UUID projectId, String name);

    /** The policies with these ids, at most 1,000, by id and in their order; ids that are not found are left out. */
    Map<UUID, Policy> findAll(Collection<UUID> ids);

    /**
     * A page of the policies that pass the filter.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<Policy> list(PolicyFilter filter, PolicyOrder order, PageRequest page);

    /** Counts the policies that pass the filter. */
    long count(PolicyFilter filter);

    /**
     * All active policies of a project, the highest severity first, and by name within a severity. Empty if there is no such
     * project.
     */
    List<Policy> applicable(UUID projectId);

    /** The policy's version with this number: its type, rules and threshold as they were. */
    Optional<PolicyVersion> findVersion(UUID policyId, int versionNumber);

    /**
     * A page of a policy's versions, the newest first; empty if there is no such policy.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<PolicyVersion> versions(UUID policyId, PageRequest page);

    /**
     * Edits a policy: deactivates it with {@code active(false)}, for example. If its type, rules or threshold change, its version
     * number grows by one, counted by the database, so that concurrent edits are all counted.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the new name is taken in the project
     * @throws io.promptforge.dao.error.ConflictException if the policy was changed after {@link PolicyChanges#ifUnchangedSince}
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such policy
     */
    Policy update(UUID id, PolicyChanges changes);

    /**
     * Deletes a policy with its versions and violations. To keep them, deactivate it instead.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such policy
     */
    void delete(UUID id);
}
