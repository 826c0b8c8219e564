package io.promptforge.dao.organization;

import io.promptforge.dao.internal.session.Session;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
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

    /** All organizations, by name. */
    Page<Organization> list(PageRequest page);

    /**
     * Renames it or changes it otherwise.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the new name or slug is taken
     * @throws io.promptforge.dao.error.ConflictException if the changes were made from an older state
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Organization update(UUID id, OrganizationChanges changes);

    /**
     * Deletes an organization and all it owns, all or nothing. There is no way back. Takes time with the number of its
     * traces, but no more memory: they go in batches. Who writes to it meanwhile waits, and then finds it gone.
     *
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    void delete(UUID id);
}
