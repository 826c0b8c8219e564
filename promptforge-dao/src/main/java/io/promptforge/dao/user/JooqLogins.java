package io.promptforge.dao.user;

import static io.promptforge.schema.jooq.Tables.USERS;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.session.Session;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;

/** Not API: logging in, before a tenant is known. Hosts call {@code PromptForge.login}. */
public final class JooqLogins {
    private static final UUID NO_USER = new UUID(0, 0);

    private static final RowReader<Credentials> CREDENTIALS = RowReader.of(
            Selection.of(USERS.ORGANIZATION_ID, USERS.ID, USERS.PASSWORD_HASH, USERS.ACTIVE, USERS.LOCKED_UNTIL),
            JooqLogins::credentials);

    private final Passwords passwords;
    private final Lockout lockout;

    /**
     * Logins with passwords hashed at a cost.
     *
     * @param cost the logarithm to base 2 of bcrypt's rounds, 4 to 30
     * @param lockout when guessing is stopped
     */
    public JooqLogins(int cost, Lockout lockout) {
        this.passwords = new Passwords(cost);
        this.lockout = lockout;
    }

    Passwords passwords() {
        return passwords;
    }

    /** The active user with this e-mail and password, whose last login is set to now. */
    public Optional<User> login(Session session, String email, String password) {
        Optional<Credentials> found = session.run(dsl -> CREDENTIALS.fetchOptional(
                dsl.select(CREDENTIALS.fields()).from(USERS).where(UserRows.hasEmail(email))));
        Instant now = Instant.now();
        boolean matches = matches(password, found);
        Optional<Credentials> admitted = found.filter(user -> matches && user.mayLogIn(now));
        if (admitted.isEmpty()) {
            fail(session, found, now);
            return Optional.empty();
        }
        return succeed(session, admitted.get(), password, now);
    }

    /** The active user with this identity, whose last login is set to now. */
    public Optional<User> login(Session session, SingleSignOn identity) {
        return session.write(dsl -> UserRows.USER.fetchOptional(dsl.update(USERS)
                .set(USERS.LAST_LOGIN_AT, Instant.now())
                .where(is(identity))
                .and(USERS.ACTIVE)
                .returning(UserRows.USER.fields())));
    }

    /** The user with this identity. */
    public Optional<User> find(Session session, SingleSignOn identity) {
        return session.run(dsl -> UserRows.USER.fetchOptional(
                dsl.select(UserRows.USER.fields()).from(USERS).where(is(identity))));
    }

    private static Condition is(SingleSignOn identity) {
        return USERS.SSO_ISSUER.eq(identity.issuer()).and(USERS.SSO_SUBJECT.eq(identity.subject()));
    }

    /** Takes as long without a user or a password as with one, and as long with a hash of a lower cost. */
    private boolean matches(String password, Optional<Credentials> found) {
        Optional<String> stored = found.flatMap(Credentials::passwordHash);
        if (stored.isEmpty()) {
            passwords.matchNone(password);
            return false;
        }
        String hash = stored.get();
        boolean matches = passwords.matches(password, hash);
        if (!matches) {
            passwords.makeUpFor(hash, password);
        }
        return matches;
    }

    private Optional<User> succeed(Session session, Credentials user, String password, Instant now) {
        String hash = user.passwordHash().orElseThrow();
        String newHash = passwords.isWeak(hash) ? passwords.hash(password) : hash;
        return session.write(dsl -> UserRows.USER.fetchOptional(dsl.update(USERS)
                .set(USERS.LAST_LOGIN_AT, now)
                .set(USERS.PASSWORD_HASH, newHash)
                .set(USERS.FAILED_LOGIN_ATTEMPTS, 0)
                .setNull(USERS.LOCKED_UNTIL)
                .where(USERS.ORGANIZATION_ID.eq(user.organizationId()))
                .and(USERS.ID.eq(user.id()))
                // not if the password was changed or the user deactivated since it was read
                .and(USERS.PASSWORD_HASH.eq(hash))
                .and(USERS.ACTIVE)
                .returning(UserRows.USER.fields())));
    }

    /**
     * Counts the failure, by the same statements whether there is such a user or not, and without waiting for the disk, which
     * only a counted failure would. The first failure after a lockout begins a new count; failures during it are not counted.
     */
    private void fail(Session session, Optional<Credentials> found, Instant now) {
        Condition runOut = USERS.LOCKED_UNTIL.le(now);
        Field<Integer> failures = when(runOut, 1).otherwise(USERS.FAILED_LOGIN_ATTEMPTS.plus(1));
        Field<Instant> lockedUntil = when(
                failures.ge(lockout.failures()), val(now.plus(lockout.duration()), USERS.LOCKED_UNTIL.getDataType()));
        session.writeWithoutWaiting(dsl -> dsl.update(USERS)
                .set(USERS.FAILED_LOGIN_ATTEMPTS, failures)
                .set(USERS.LOCKED_UNTIL, lockedUntil)
                .where(USERS.ORGANIZATION_ID.eq(
                        found.map(Credentials::organizationId).orElse(NO_USER)))
                .and(USERS.ID.eq(found.map(Credentials::id).orElse(NO_USER)))
                .and(USERS.LOCKED_UNTIL.isNull().or(runOut))
                .execute());
    }

    private static Credentials credentials(ResultRow row) {
        return new Credentials(
                row.take(USERS.ORGANIZATION_ID),
                row.take(USERS.ID),
                row.takeOptional(USERS.PASSWORD_HASH),
                row.take(USERS.ACTIVE),
                row.takeOptional(USERS.LOCKED_UNTIL));
    }

    private record Credentials(
            UUID organizationId,
            UUID id,
            Optional<String> passwordHash,
            boolean active,
            Optional<Instant> lockedUntil) {
        boolean mayLogIn(Instant now) {
            return active && lockedUntil.filter(now::isBefore).isEmpty();
        }

        /** Without the hash. */
        @Override
        public String toString() {
            return "Credentials[" + id + "]";
        }
    }
}
