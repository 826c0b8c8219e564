package io.promptforge.dao.user;

import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
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

    /** The users that the filter lets through, by name. */
    Page<User> list(UserFilter filter, PageRequest page);

    /**
     * Changes name, e-mail or role.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the new e-mail is taken, here or in another tenant
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if the user is not there
     */
    User update(UUID id, UserChanges changes);

    /**
     * Gives the user another password, and forgets failed logins. Hashing takes a good part of a second, by design.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the password is blank or has more than 72 bytes in UTF-8
     * @throws io.promptforge.dao.error.NotFoundException if the user is not there
     */
    void changePassword(UUID id, String newPassword);

    /**
     * Whether this is the user's password; for asking again before something grave. Unlike a login it leaves no trace,
     * and asks nobody whether the user is active.
     *
     * @throws io.promptforge.dao.error.NotFoundException if the user is not there
     */
    boolean hasPassword(UUID id, String password);

    /**
     * Bars a user from logging in. Everything the user made stays, and says who made it.
     *
     * @throws io.promptforge.dao.error.NotFoundException if the user is not there
     */
    User deactivate(UUID id);

    /**
     * Lets a deactivated user log in again.
     *
     * @throws io.promptforge.dao.error.NotFoundException if the user is not there
     */
    User activate(UUID id);

    /**
     * Lets a user log in again who was locked out for too many failed logins, before the time is over.
     *
     * @throws io.promptforge.dao.error.NotFoundException if the user is not there
     */
    User unlock(UUID id);
}
