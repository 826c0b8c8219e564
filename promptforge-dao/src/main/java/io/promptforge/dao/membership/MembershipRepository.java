package io.promptforge.dao.membership;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.Role;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The roles that users of a tenant have in projects, higher or lower than their role in the organization.
 *
 * <p>Thread-safe, unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}. An id of another tenant is not found.
 */
public interface MembershipRepository {
    /**
     * Gives a user a role in a project, instead of the one that the user has there.
     *
     * @throws io.promptforge.dao.error.InvalidReferenceException if there is no such project or user
     */
    Membership set(UUID projectId, UUID userId, Role role);

    /**
     * Gives users a role in a project, all or none, in one statement; otherwise as {@link #set(UUID, UUID, Role)}.
     *
     * @return the memberships, in the order of the users
     * @throws io.promptforge.dao.error.InvalidReferenceException if there is no such project, or one of the users is not there
     */
    List<Membership> set(UUID projectId, List<UUID> userIds, Role role);

    /**
     * Takes a user's role in a project away, so that the role in the organization holds there.
     *
     * @return false if the user has none in this project
     */
    boolean remove(UUID projectId, UUID userId);

    /** The role of a user in a project; empty if that in the organization holds. */
    Optional<Membership> find(UUID projectId, UUID userId);

    /** The memberships with these ids, at most 1,000, by id and in their order; ids that are not found are left out. */
    Map<UUID, Membership> findAll(Collection<UUID> ids);

    /**
     * A page of the memberships that pass the filter, the oldest first.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<Membership> list(MembershipFilter filter, PageRequest page);

    /** Counts the memberships that pass the filter. */
    long count(MembershipFilter filter);
}
