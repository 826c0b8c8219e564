package io.promptforge.dao.user;

import io.promptforge.dao.internal.TenantSession;
import java.util.Optional;
import java.util.UUID;

/** The users of a tenant. Thread-safe, unless it belongs to a transaction. */
public interface UserRepository {
    /** For the library's own use: the repository over a session. */
    static UserRepository over(TenantSession session, Logins logins) {
        return new JooqUserRepository(session, logins);
    }

    /**
     * Makes a user who can log in at once. Hashing the password takes a good part of a second, by design.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the e-mail is taken, here or in another tenant
     * @throws io.promptforge.dao.error.InvalidReferenceException if the tenant is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    User create(NewUser user);

    /** The user with this id. */
    Optional<User> find(UUID id);

    /** The user with this e-mail, in any letter case. */
    Optional<User> findByEmail(String email);

    /**
     * Whether this is the user's password; for asking again before something grave. Unlike a login it leaves no trace,
     * and asks nobody whether the user is active.
     *
     * @throws io.promptforge.dao.error.NotFoundException if the user is not there
     */
    boolean hasPassword(UUID id, String password);
}
