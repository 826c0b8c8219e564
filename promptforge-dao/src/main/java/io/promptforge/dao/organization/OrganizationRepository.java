package io.promptforge.dao.organization;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The organizations, which are the tenants.
 *
 * <p>Thread-safe, unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public interface OrganizationRepository {
    /**
     * Creates an organization.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the name or the slug is taken
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    Organization create(NewOrganization organization);

    /**
     * Creates organizations, all or none, in a number of statements that does not grow with the list; as a role that the database
     * confines to one tenant, and on Citus, in some for each.
     *
     * @return them as stored, in the given order
     * @throws io.promptforge.dao.error.FieldException as {@link #create(NewOrganization)}, with the path of the refused element
     */
    List<Organization> create(List<NewOrganization> organizations);

    /** The organization with this id. */
    Optional<Organization> find(UUID id);

    /** The organization with this slug, to the letter. */
    Optional<Organization> findBySlug(String slug);

    /** The organizations with these ids, at most 1,000, by id and in their order; ids that are not found are left out. */
    Map<UUID, Organization> findAll(Collection<UUID> ids);

    /**
     * A page of the organizations that pass the filter, by name.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<Organization> list(OrganizationFilter filter, PageRequest page);

    /** Counts the organizations that pass the filter. */
    long count(OrganizationFilter filter);

    /**
     * Edits an organization.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the new name or slug is taken
     * @throws io.promptforge.dao.error.ConflictException if the organization was changed after
     *     {@link OrganizationChanges#ifUnchangedSince}
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such organization
     */
    Organization update(UUID id, OrganizationChanges changes);

    /**
     * Deletes an organization with everything it owns, all or nothing; it cannot be undone. Takes time in proportion to the
     * number of traces, but constant memory. Concurrent writes to the organization wait and then fail because it does not
     * exist.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such organization
     */
    void delete(UUID id);
}
