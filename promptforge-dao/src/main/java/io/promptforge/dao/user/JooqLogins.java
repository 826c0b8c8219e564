package io.promptforge.dao.user;

import static io.promptforge.schema.jooq.Tables.USERS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.list;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import io.promptforge.dao.internal.query.Moments;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.secret.NamedHashes;
import io.promptforge.dao.internal.session.Session;
import io.promptforge.schema.jooq.tables.Users;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Table;

/** Not API: logging in, before a tenant is known. Hosts call {@code PromptForge.login}. */
public final class JooqLogins {
    private static final UUID NO_USER = new UUID(0, 0);

    private static final Users FOUND = USERS.as("found");

    private static final Field<Integer> HIGHEST_COST = field(name("found", "highest_cost"), Integer.class);

    private static final RowReader<Found> CREDENTIALS = RowReader.of(
            Selection.of(
                    HIGHEST_COST,
                    FOUND.ID,
                    FOUND.ORGANIZATION_ID,
                    FOUND.PASSWORD_HASH,
                    FOUND.ACTIVE,
                    FOUND.LOCKED_UNTIL),
            JooqLogins::found);

    private final Passwords passwords;
    private final Lockout lockout;

    /**
     * Logins with passwords hashed at a cost.
     *
     * @param cost the logarithm to base 2 of bcrypt's rounds, 4 to 30
     * @param rules what new passwords must be
     * @param peppers the secrets that passwords are hashed with
     * @param lockout when guessing is stopped
     */
    public JooqLogins(int cost, PasswordRules rules, NamedHashes peppers, Lockout lockout) {
        this(new Passwords(cost, rules, peppers), lockout);
    }

    JooqLogins(Passwords passwords, Lockout lockout) {
        this.passwords = passwords;
        this.lockout = lockout;
    }

    Passwords passwords() {
        return passwords;
    }

    /** The active user with this e-mail and password, whose last login is set to now. */
    public Optional<User> login(Session session, String email, String password) {
        Found found = session.run(dsl -> CREDENTIALS.fetchSingle(
                dsl.select(CREDENTIALS.fields()).from(found(session, "find_login", val(Emails.checked(email))))));
        Instant now = Instant.now();
        Optional<String> hash = found.user().flatMap(Credentials::passwordHash);
        boolean matches =
                hash.filter(stored -> passwords.matches(password, stored)).isPresent();
        Optional<Credentials> admitted = found.user().filter(user -> matches && user.mayLogIn(now, lockout));
        if (admitted.isEmpty()) {
            passwords.makeUpFor(password, hash, found.highestCost());
            fail(session, found.user(), now);
            return Optional.empty();
        }
        return succeed(session, admitted.get(), password, now);
    }

    /** The active user with this identity, whose last login is set to now. */
    public Optional<User> login(Session session, SingleSignOn identity) {
        return locate(session, identity).flatMap(user -> session.as(user.value1())
                .write(dsl -> UserRows.USER.fetchOptional(dsl.update(USERS)
                        .set(USERS.LAST_LOGIN_AT, Instant.now())
                        .where(is(user))
                        // not if the identity was taken away since it was looked up
                        .and(USERS.SSO_ISSUER.eq(identity.issuer()))
                        .and(USERS.SSO_SUBJECT.eq(identity.subject()))
                        .and(USERS.ACTIVE)
                        .returning(UserRows.USER.fields()))));
    }

    /** The user with this identity. */
    public Optional<User> find(Session session, SingleSignOn identity) {
        return locate(session, identity).flatMap(user -> session.as(user.value1())
                .run(dsl -> UserRows.USER.fetchOptional(
                        dsl.select(UserRows.USER.fields()).from(USERS).where(is(user)))));
    }

    private static Optional<Record2<UUID, UUID>> locate(Session session, SingleSignOn identity) {
        return session.run(dsl -> dsl.select(FOUND.ORGANIZATION_ID, FOUND.ID)
                .from(found(session, "find_identity", val(identity.issuer()), val(identity.subject())))
                .fetchOptional());
    }

    private static Condition is(Record2<UUID, UUID> user) {
        return USERS.ORGANIZATION_ID.eq(user.value1()).and(USERS.ID.eq(user.value2()));
    }

    private Optional<User> succeed(Session session, Credentials user, String password, Instant now) {
        String hash = user.passwordHash().orElseThrow();
        String newHash = passwords.isWeak(hash) ? passwords.hash(password) : hash;
        return session.as(user.organizationId())
                .write(dsl -> UserRows.USER.fetchOptional(dsl.update(USERS)
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
        Condition runOut = USERS.LOCKED_UNTIL.le(time(now)).or(USERS.LOCKED_UNTIL.gt(time(lockout.latestEnd(now))));
        Field<Integer> failures = when(runOut, 1).otherwise(USERS.FAILED_LOGIN_ATTEMPTS.plus(1));
        Field<Instant> lockedUntil = when(failures.ge(lockout.failures()), time(now.plus(lockout.duration())));
        UUID organizationId = found.map(Credentials::organizationId).orElse(NO_USER);
        session.as(organizationId).writeWithoutWaiting(dsl -> dsl.update(USERS)
                .set(USERS.FAILED_LOGIN_ATTEMPTS, failures)
                .set(USERS.LOCKED_UNTIL, lockedUntil)
                .where(USERS.ORGANIZATION_ID.eq(organizationId))
                .and(USERS.ID.eq(found.map(Credentials::id).orElse(NO_USER)))
                .and(USERS.LOCKED_UNTIL.isNull().or(runOut))
                .execute());
    }

    private static Field<Instant> time(Instant at) {
        return Moments.immutable(at, USERS.LOCKED_UNTIL);
    }

    /** A function that finds users of any organization, whose own rows a confined role does not see. */
    private static Table<?> found(Session session, String function, Field<?>... arguments) {
        return table("{0}({1}) as {2}", name(session.schema(), function), list(arguments), FOUND.getUnqualifiedName());
    }

    private static Found found(ResultRow row) {
        int highestCost = row.takeOptional(HIGHEST_COST).orElse(0);
        return new Found(
                row.takeOptional(FOUND.ID)
                        .map(id -> new Credentials(
                                id,
                                row.take(FOUND.ORGANIZATION_ID),
                                row.takeOptional(FOUND.PASSWORD_HASH),
                                row.take(FOUND.ACTIVE),
                                row.takeOptional(FOUND.LOCKED_UNTIL))),
                highestCost);
    }

    /**
     * What a login finds.
     *
     * @param user the user with the e-mail
     * @param highestCost that of all hashes of passwords; 0 if there is none
     */
    private record Found(Optional<Credentials> user, int highestCost) {}

    private record Credentials(
            UUID id,
            UUID organizationId,
            Optional<String> passwordHash,
            boolean active,
            Optional<Instant> lockedUntil) {
        boolean mayLogIn(Instant now, Lockout lockout) {
            Instant latest = lockout.latestEnd(now);
            return active
                    && lockedUntil
                            .filter(until -> now.isBefore(until) && !latest.isBefore(until))
                            .isEmpty();
        }

        /** Without the hash. */
        @Override
        public String toString() {
            return "Credentials[" + id + "]";
        }
    }
}
