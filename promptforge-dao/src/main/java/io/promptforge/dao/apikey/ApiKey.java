package io.promptforge.dao.apikey;

import io.promptforge.dao.access.Right;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A key with which a service authenticates. Its text is not stored.
 *
 * @param id its key
 * @param name what uses it, unique in the tenant
 * @param rights what it may do
 * @param projectIds the projects that it is limited to, of which some may be deleted by now; empty if it is not limited
 * @param expiresAt when it stops being accepted; empty for never
 * @param revokedAt when it was revoked
 * @param previousUntil until when its text before the last rotation is accepted; empty if it never was rotated
 * @param lastUsedAt when it was last used; exact to an hour
 * @param createdBy the user who created it; empty if a service did
 * @param createdAt when it was created
 * @param updatedAt when it was last changed, or its last use was noted
 */
public record ApiKey(
        UUID id,
        String name,
        Set<Right> rights,
        Optional<Set<UUID>> projectIds,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,
        Optional<Instant> previousUntil,
        Optional<Instant> lastUsedAt,
        Optional<UUID> createdBy,
        Instant createdAt,
        Instant updatedAt) {}
