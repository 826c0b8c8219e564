package io.promptforge.dao.user;

import io.promptforge.schema.type.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A person who logs in. The password's hash never leaves the library.
 *
 * @param organizationId the tenant the user acts for
 * @param id the user's key
 * @param email the login, unique over the platform: ASCII letters compare in any case, all else exactly in Unicode's NFC
 * @param fullName display name
 * @param role what the user may do
 * @param active false when logins are refused
 * @param singleSignOn the user at an identity provider; empty for one who logs in with a password only
 * @param lastLoginAt when the user last logged in
 * @param failedLoginAttempts failed logins since the last successful one
 * @param lockedUntil until when logins are refused after too many failed ones; may lie in the past
 * @param createdAt when the user was created
 * @param updatedAt when the user was last changed, logged in or failed to log in
 */
public record User(
        UUID organizationId,
        UUID id,
        String email,
        String fullName,
        Role role,
        boolean active,
        Optional<SingleSignOn> singleSignOn,
        Optional<Instant> lastLoginAt,
        int failedLoginAttempts,
        Optional<Instant> lockedUntil,
        Instant createdAt,
        Instant updatedAt) {}
