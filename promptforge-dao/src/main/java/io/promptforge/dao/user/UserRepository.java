package io.promptforge.dao.user;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The users of a tenant.
 *
 * <p>Thread-safe, unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}. An id of another tenant is not found.
 */
public interface UserRepository {
    /**
     * Creates a user, who can log in at once. Hashes a password, which takes a good part of a second by design.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the e-mail or the identity for single sign-on is taken, in this or
     *     another tenant
     * @throws io.promptforge.dao.error.InvalidReferenceException if the tenant does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted, or the password not by the {@link PasswordRules}
     *     of the settings
     */
    User create(NewUser user);

    /**
     * Creates users, all or none, in a number of statements that does not grow with the list. Hashes each password. At the lowest
     * bcrypt cost, which is for tests only, users with equal passwords get one hash.
     *
     * @return them as stored, in the given order
     * @throws io.promptforge.dao.error.FieldException as {@link #create(NewUser)}, with the path of the refused element
     */
    List<User> create(List<NewUser> users);

    /** The user with this id. */
    Optional<User> find(UUID id);

    /** The user with this e-mail, as {@link User#email} compares. */
    Optional<User> findByEmail(String email);

    /** The users with these ids, at most 1,000, by id and in their order; ids that are not found are left out. */
    Map<UUID, User> findAll(Collection<UUID> ids);

    /**
     * A page of the users that pass the filter, by name.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<User> list(UserFilter filter, PageRequest page);

    /** Counts the users that pass the filter. */
    long count(UserFilter filter);

    /**
     * Edits a user: bars one from logging in with {@code active(false)}, for example.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the new e-mail or the identity for single sign-on is taken, in this
     *     or another tenant
     * @throws io.promptforge.dao.error.ConflictException if the user was changed after {@link UserChanges#ifUnchangedSince}
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such user
     */
    User update(UUID id, UserChanges changes);

    /**
     * Sets a new password and forgets failed logins and a lockout. Hashes the password, and compares it with the last ones, which each
     * takes a good part of a second by design.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the password is blank, has more than 72 bytes in UTF-8, or is not accepted
     *     by the {@link PasswordRules} of the settings
     * @throws io.promptforge.dao.error.MissingSecretException if the settings lack the pepper of one of the last passwords
     * @throws io.promptforge.dao.error.NotFoundException if there is no such user
     */
    void changePassword(UUID id, String newPassword);

    /**
     * Removes the password and forgets failed logins and a lockout, so that the user logs in by single sign-on only.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the user has no {@link User#singleSignOn}
     * @throws io.promptforge.dao.error.NotFoundException if there is no such user
     */
    User removePassword(UUID id);

    /**
     * Whether this is the user's password, to ask for it again before a critical action; false for a user without one.
     * Unlike a login it changes nothing, and it ignores whether the user is active or locked out.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such user
     */
    boolean hasPassword(UUID id, String password);

    /**
     * Ends a lockout and forgets failed logins. An inactive user stays inactive.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such user
     */
    User unlock(UUID id);
}
