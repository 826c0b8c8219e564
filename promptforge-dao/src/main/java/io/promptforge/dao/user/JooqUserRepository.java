package io.promptforge.dao.user;

import static io.promptforge.schema.jooq.Tables.USERS;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Changes;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.RowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;

/** Stores users by jOOQ. */
public final class JooqUserRepository implements UserRepository {
    private static final Changes WITHOUT_FAILURES =
            Changes.none().set("failed_login_attempts", 0).set("locked_until", null);

    private final TenantSession session;
    private final JooqLogins logins;

    /** The users of a session's tenant. */
    public JooqUserRepository(TenantSession session, JooqLogins logins) {
        this.session = session;
        this.logins = logins;
    }

    @Override
    public User create(NewUser user) {
        String hash = Check.present("user", user)
                .password()
                .map(logins.passwords()::hash)
                .orElse(null);
        return session.write(dsl -> UserRows.USER.fetchSingle(dsl.insertInto(USERS)
                .set(USERS.ORGANIZATION_ID, session.organizationId())
                .set(USERS.ID, Ids.next())
                .set(USERS.PASSWORD_HASH, hash)
                .set(user.values().of(USERS))
                .returning(UserRows.USER.fields())));
    }

    @Override
    public Optional<User> find(UUID id) {
        return findWhere(USERS.ID.eq(Check.present("id", id)));
    }

    @Override
    public Optional<User> findByEmail(String email) {
        return findWhere(UserRows.hasEmail(email));
    }

    @Override
    public Map<UUID, User> findAll(Collection<UUID> ids) {
        return RowsById.fetch(session, USERS, USERS.ORGANIZATION_ID, USERS.ID, ids, UserRows.USER);
    }

    @Override
    public Page<User> list(UserFilter filter, PageRequest page) {
        return UserList.LIST.page(session, Check.present("filter", filter).criteria(), UserList.BY_NAME, page);
    }

    @Override
    public long count(UserFilter filter) {
        return UserList.LIST.count(session, Check.present("filter", filter).criteria());
    }

    @Override
    public User update(UUID id, UserChanges changes) {
        return update(id, Check.present("changes", changes).changes());
    }

    @Override
    public void changePassword(UUID id, String newPassword) {
        Check.present("id", id);
        String password = Passwords.checked(newPassword);
        update(id, WITHOUT_FAILURES.set("password_hash", logins.passwords().hash(password)));
    }

    @Override
    public User removePassword(UUID id) {
        return update(id, WITHOUT_FAILURES.set("password_hash", null));
    }

    @Override
    public boolean hasPassword(UUID id, String password) {
        Check.present("id", id);
        Check.present("password", password);
        String hash = session.run(dsl -> dsl.select(USERS.PASSWORD_HASH)
                        .from(USERS)
                        .where(ofTenant(USERS.ID.eq(id)))
                        .fetchOptional())
                .orElseThrow(() -> new NotFoundException("user", id))
                .value1();
        return hash != null && logins.passwords().matches(password, hash);
    }

    @Override
    public User unlock(UUID id) {
        return update(id, WITHOUT_FAILURES);
    }

    private User update(UUID id, Changes changes) {
        Check.present("id", id);
        return new RowUpdate<>(USERS, UserRows.USER, "user", ofTenant(USERS.ID.eq(id)), id)
                .apply(session.session(), changes);
    }

    private Optional<User> findWhere(Condition condition) {
        return session.run(dsl -> UserRows.USER.fetchOptional(
                dsl.select(UserRows.USER.fields()).from(USERS).where(ofTenant(condition))));
    }

    private Condition ofTenant(Condition condition) {
        return USERS.ORGANIZATION_ID.eq(session.organizationId()).and(condition);
    }
}
