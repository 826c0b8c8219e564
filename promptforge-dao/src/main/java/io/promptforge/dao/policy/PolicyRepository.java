package io.promptforge.dao.policy;

import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The policies of a tenant. Thread-safe, unless it belongs to a transaction. Every method is one statement (a second one
 * counts a list or finds out why a change was not made), and throws
 * {@link io.promptforge.dao.error.InvalidValueException} when it is given null.
 */
public interface PolicyRepository {
    /** For the library's own use: the repository over a session. */
    static PolicyRepository over(TenantSession session) {
        return new JooqPolicyRepository(session);
    }

    /**
     * Makes a policy.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the project has a policy of this name
     * @throws io.promptforge.dao.error.InvalidReferenceException if the project or the user is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    Policy create(NewPolicy policy);

    /** The policy with this id. */
    Optional<Policy> find(UUID id);

    /** The project's policy of this name, to the letter. */
    Optional<Policy> findByName(UUID projectId, String name);

    /** A page of the policies that the filter lets through. */
    Page<Policy> list(PolicyFilter filter, PolicyOrder order, PageRequest page);

    /**
     * The policies that apply to the calls of a project now: all that are active, the worst severity first, and by name
     * where it is the same. Empty if the project is not there.
     */
    List<Policy> applicable(UUID projectId);

    /**
     * Edits a policy. If that changes its type, rules or threshold, its version number grows by one, counted by the
     * database, so that of edits at the same time none is lost.
     *
     * @return its new state
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     * @throws io.promptforge.dao.error.ConflictException if it was changed since the state that the edit was made from
     * @throws io.promptforge.dao.error.AlreadyExistsException if the project has another policy of the new name
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    Policy update(UUID id, PolicyChanges changes);

    /**
     * Has a policy checked from now on; one that is active stays so.
     *
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Policy activate(UUID id);

    /**
     * Has a policy no longer checked; one that is not active stays so.
     *
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Policy deactivate(UUID id);

    /**
     * Has the action of a policy carried out from now on; one that is enforced stays so.
     *
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Policy enforce(UUID id);

    /**
     * Has violations of a policy only recorded from now on; one that is not enforced stays so.
     *
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Policy stopEnforcing(UUID id);

    /**
     * Deletes a policy with its violations. To keep them, deactivate it.
     *
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    void delete(UUID id);
}
