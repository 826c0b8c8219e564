package io.promptforge.dao.user;

import static io.promptforge.schema.jooq.Tables.USERS;
import static org.jooq.impl.DSL.lower;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.Check;
import io.promptforge.dao.internal.Ids;
import io.promptforge.dao.internal.TenantSession;
import io.promptforge.schema.jooq.tables.records.UsersRecord;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;

final class JooqUserRepository implements UserRepository {
    private final TenantSession session;
    private final Logins logins;

    JooqUserRepository(TenantSession session, Logins logins) {
        this.session = session;
        this.logins = logins;
    }

    @Override
    public User create(NewUser user) {
        String hash = logins.passwords().hash(user.password());
        return session.run(dsl -> dsl.insertInto(USERS)
                .set(USERS.ORGANIZATION_ID, session.organizationId())
                .set(USERS.ID, Ids.next())
                .set(USERS.EMAIL, user.email())
                .set(USERS.PASSWORD_HASH, hash)
                .set(USERS.FULL_NAME, user.fullName())
                .set(USERS.ROLE, user.role())
                .returning()
                .fetchSingle(JooqUserRepository::user));
    }

    @Override
    public Optional<User> find(UUID id) {
        return findWhere(USERS.ID.eq(id));
    }

    @Override
    public Optional<User> findByEmail(String email) {
        return findWhere(hasEmail(email));
    }

    @Override
    public boolean hasPassword(UUID id, String password) {
        String hash = session.run(dsl -> dsl.select(USERS.PASSWORD_HASH)
                        .from(USERS)
                        .where(USERS.ORGANIZATION_ID.eq(session.organizationId()))
                        .and(USERS.ID.eq(id))
                        .fetchOptional(USERS.PASSWORD_HASH))
                .orElseThrow(() -> new NotFoundException("user", id));
        return logins.passwords().matches(Check.present("password", password), hash);
    }

    private Optional<User> findWhere(Condition condition) {
        return session.run(dsl -> dsl.selectFrom(USERS)
                .where(USERS.ORGANIZATION_ID.eq(session.organizationId()).and(condition))
                .fetchOptional(JooqUserRepository::user));
    }

    /** In the words of the unique index. */
    static Condition hasEmail(String email) {
        return lower(USERS.EMAIL).eq(lower(DSL.val(email)));
    }

    static User user(UsersRecord row) {
        return new User(
                row.getOrganizationId(),
                row.getId(),
                row.getEmail(),
                row.getFullName(),
                row.getRole(),
                row.getActive(),
                Optional.ofNullable(row.getLastLoginAt()),
                row.getCreatedAt(),
                row.getUpdatedAt());
    }
}
