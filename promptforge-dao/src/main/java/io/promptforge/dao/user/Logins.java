package io.promptforge.dao.user;

import static io.promptforge.schema.jooq.Tables.USERS;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import io.promptforge.dao.internal.session.Session;
import io.promptforge.schema.jooq.tables.records.UsersRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Not API: logging in, before a tenant is known. Hosts call {@code PromptForge.login}. */
public final class Logins {
    private static final UUID NOBODY = new UUID(0, 0);

    private final Passwords passwords;
    private final Lockout lockout;

    /**
     * Logins with passwords hashed at a cost.
     *
     * @param cost the logarithm to base 2 of bcrypt's rounds, 4 to 30
     * @param lockout when guessing is stopped
     */
    public Logins(int cost, Lockout lockout) {
        this.passwords = new Passwords(cost);
        this.lockout = lockout;
    }

    Passwords passwords() {
        return passwords;
    }

    /** The active user with this e-mail and password, whose last login is now. */
    public Optional<User> login(Session session, String email, String password) {
        UsersRecord found = session.run(dsl ->
                dsl.selectFrom(USERS).where(JooqUserRepository.hasEmail(email)).fetchOne());
        Instant now = Instant.now();
        if (!matches(password, found) || !mayLogIn(found, now)) {
            fail(session, found, now);
            return Optional.empty();
        }
        return succeed(session, found, password, now);
    }

    /** Takes as long with no user as with one, and as long with a hash of a lower cost. */
    private boolean matches(String password, @Nullable UsersRecord found) {
        if (found == null) {
            passwords.matchNobody(password);
            return false;
        }
        boolean matches = passwords.matches(password, found.getPasswordHash());
        if (!matches) {
            passwords.makeUpFor(found.getPasswordHash(), password);
        }
        return matches;
    }

    private static boolean mayLogIn(UsersRecord found, Instant now) {
        Instant lockedUntil = found.getLockedUntil();
        return found.getActive() && (lockedUntil == null || !lockedUntil.isAfter(now));
    }

    private Optional<User> succeed(Session session, UsersRecord found, String password, Instant now) {
        String hash = found.getPasswordHash();
        String newHash = passwords.isWeak(hash) ? passwords.hash(password) : hash;
        return session.write(dsl -> dsl.update(USERS)
                .set(USERS.LAST_LOGIN_AT, now)
                .set(USERS.PASSWORD_HASH, newHash)
                .set(USERS.FAILED_LOGIN_ATTEMPTS, 0)
                .setNull(USERS.LOCKED_UNTIL)
                .where(USERS.ORGANIZATION_ID.eq(found.getOrganizationId()))
                .and(USERS.ID.eq(found.getId()))
                // not if the password was changed or the user deactivated since it was read
                .and(USERS.PASSWORD_HASH.eq(hash))
                .and(USERS.ACTIVE)
                .returning()
                .fetchOptional(JooqUserRepository::user));
    }

    /**
     * Counts the failure, by the same statements whether there is such a user or not, and without waiting for the disk,
     * which only a counted one would. A lock that has run out begins the count anew; while it lasts nothing is counted.
     */
    private void fail(Session session, @Nullable UsersRecord found, Instant now) {
        Condition runOut = USERS.LOCKED_UNTIL.le(now);
        Field<Integer> failures = when(runOut, 1).otherwise(USERS.FAILED_LOGIN_ATTEMPTS.plus(1));
        Field<Instant> lockedUntil = when(
                failures.ge(lockout.failures()), val(now.plus(lockout.duration()), USERS.LOCKED_UNTIL.getDataType()));
        session.writeWithoutWaiting(dsl -> dsl.update(USERS)
                .set(USERS.FAILED_LOGIN_ATTEMPTS, failures)
                .set(USERS.LOCKED_UNTIL, lockedUntil)
                .where(USERS.ORGANIZATION_ID.eq(found == null ? NOBODY : found.getOrganizationId()))
                .and(USERS.ID.eq(found == null ? NOBODY : found.getId()))
                .and(USERS.LOCKED_UNTIL.isNull().or(runOut))
                .execute());
    }
}
