package io.promptforge.dao.user;

import static io.promptforge.schema.jooq.Tables.USERS;

import io.promptforge.dao.internal.Session;
import io.promptforge.schema.jooq.tables.records.UsersRecord;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Not API: logging in, before a tenant is known. Hosts call {@code PromptForge.login}. */
public final class Logins {
    private final Passwords passwords;

    /**
     * Logins with passwords hashed at a cost.
     *
     * @param cost the logarithm to base 2 of bcrypt's rounds, 4 to 30
     */
    public Logins(int cost) {
        this.passwords = new Passwords(cost);
    }

    Passwords passwords() {
        return passwords;
    }

    /** The active user with this e-mail and password, whose last login is now. */
    public Optional<User> login(Session session, String email, String password) {
        UsersRecord found = session.run(dsl ->
                dsl.selectFrom(USERS).where(JooqUserRepository.hasEmail(email)).fetchOne());
        if (!matches(password, found)) {
            return Optional.empty();
        }
        String hash = found.getPasswordHash();
        String newHash = passwords.isWeak(hash) ? passwords.hash(password) : hash;
        return session.run(dsl -> dsl.update(USERS)
                .set(USERS.LAST_LOGIN_AT, Instant.now())
                .set(USERS.PASSWORD_HASH, newHash)
                .where(USERS.ORGANIZATION_ID.eq(found.getOrganizationId()))
                .and(USERS.ID.eq(found.getId()))
                // not if the password was changed or the user deactivated since it was read
                .and(USERS.PASSWORD_HASH.eq(hash))
                .and(USERS.ACTIVE)
                .returning()
                .fetchOptional(JooqUserRepository::user));
    }

    private boolean matches(String password, @Nullable UsersRecord found) {
        if (found == null) {
            passwords.matchNobody(password);
            return false;
        }
        return passwords.matches(password, found.getPasswordHash()) && found.getActive();
    }
}
