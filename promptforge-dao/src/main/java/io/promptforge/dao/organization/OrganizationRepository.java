package io.promptforge.dao.organization;

import io.promptforge.dao.internal.Session;
import java.util.Optional;
import java.util.UUID;

/** The tenants. Thread-safe, unless it belongs to a transaction. */
public interface OrganizationRepository {
    /** For the library's own use: the repository over a session. */
    static OrganizationRepository over(Session session) {
        return new JooqOrganizationRepository(session);
    }

    /**
     * Makes an organization.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the name or the slug is taken
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    Organization create(NewOrganization organization);

    /** The organization with this id. */
    Optional<Organization> find(UUID id);

    /** The organization with this slug. */
    Optional<Organization> findBySlug(String slug);

    /**
     * Deletes an organization and all it owns, in one statement. There is no way back.
     *
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    void delete(UUID id);
}
