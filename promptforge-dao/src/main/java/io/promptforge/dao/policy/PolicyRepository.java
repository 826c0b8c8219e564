package io.promptforge.dao.policy;

import io.promptforge.dao.internal.TenantSession;
import java.util.Optional;
import java.util.UUID;

/** The policies of a tenant. Thread-safe, unless it belongs to a transaction. */
public interface PolicyRepository {
    /** For the library's own use: the repository over a session. */
    static PolicyRepository over(TenantSession session) {
        return new JooqPolicyRepository(session);
    }

    /**
     * Makes a policy, active from now on.
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
}
