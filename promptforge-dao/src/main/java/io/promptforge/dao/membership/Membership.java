package io.promptforge.dao.membership;

import io.promptforge.schema.type.Role;
import java.time.Instant;
import java.util.UUID;

/**
 * The role of a user in one project, which holds there instead of the role in the organization.
 *
 * @param id its key
 * @param projectId the project
 * @param userId the user, at most once per project
 * @param role what the user may do in the project
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 */
public record Membership(UUID id, UUID projectId, UUID userId, Role role, Instant createdAt, Instant updatedAt) {}
