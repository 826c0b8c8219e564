package io.promptforge.dao.user;

import static io.promptforge.schema.jooq.Tables.USERS;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.noCondition;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Keyset;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.LegacyChanges;
import io.promptforge.dao.internal.write.LegacyRowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.jooq.tables.records.UsersRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;

final class JooqUserRepository implements UserRepository {
    private static final LegacyChanges WITHOUT_FAILURES =
            LegacyChanges.none().set("failed_login_attempts", 0).set("locked_until", null);

    private final TenantSession session;
    private final Logins logins;

    JooqUserRepository(TenantSession session, Logins logins) {
        this.session = session;
        this.logins = logins;
    }

    @Override
    public User create(NewUser user) {
        String hash = logins.passwords().hash(Check.present("user", user).password());
        return session.write(dsl -> dsl.insertInto(USERS)
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
        return findWhere(USERS.ID.eq(Check.present("id", id)));
    }

    @Override
    public Optional<User> findByEmail(String email) {
        return findWhere(hasEmail(Check.text("email", email)));
    }

    @Override
    public Page<User> list(UserFilter filter, PageRequest page) {
        Check.present("filter", filter);
        return session.run(
                dsl -> Keyset.ascending(List.of("users", session.organizationId(), filter), USERS.FULL_NAME, USERS.ID)
                        .fetch(
                                dsl,
                                dsl.selectFrom(USERS).where(ofTenant()).and(passes(filter)),
                                page,
                                JooqUserRepository::user));
    }

    @Override
    public User update(UUID id, UserChanges changes) {
        return update(id, Check.present("changes", changes).changes());
    }

    @Override
    public void changePassword(UUID id, String newPassword) {
        Check.present("id", id);
        Passwords.check(newPassword);
        update(id, WITHOUT_FAILURES.set("password_hash", logins.passwords().hash(newPassword)));
    }

    @Override
    public boolean hasPassword(UUID id, String password) {
        Check.present("id", id);
        Check.present("password", password);
        String hash = session.run(dsl -> dsl.select(USERS.PASSWORD_HASH)
                        .from(USERS)
                        .where(is(id))
                        .fetchOptional(USERS.PASSWORD_HASH))
                .orElseThrow(() -> new NotFoundException("user", id));
        return logins.passwords().matches(password, hash);
    }

    @Override
    public User deactivate(UUID id) {
        return update(id, LegacyChanges.none().set("active", false));
    }

    @Override
    public User activate(UUID id) {
        return update(id, LegacyChanges.none().set("active", true));
    }

    @Override
    public User unlock(UUID id) {
        return update(id, WITHOUT_FAILURES);
    }

    private User update(UUID id, LegacyChanges changes) {
        Check.present("id", id);
        return user(new LegacyRowUpdate<>(USERS, "user", is(id), id).apply(session.session(), changes));
    }

    private Optional<User> findWhere(Condition condition) {
        return session.run(
                dsl -> dsl.selectFrom(USERS).where(ofTenant().and(condition)).fetchOptional(JooqUserRepository::user));
    }

    private Condition is(UUID id) {
        return ofTenant().and(USERS.ID.eq(id));
    }

    private Condition ofTenant() {
        return USERS.ORGANIZATION_ID.eq(session.organizationId());
    }

    private static Condition passes(UserFilter filter) {
        Condition role = filter.roles().isEmpty() ? noCondition() : USERS.ROLE.in(filter.roles());
        Condition active = filter.active().<Condition>map(USERS.ACTIVE::eq).orElse(noCondition());
        Condition text = filter.text()
                .map(part -> USERS.FULL_NAME.containsIgnoreCase(part).or(USERS.EMAIL.containsIgnoreCase(part)))
                .orElse(noCondition());
        return role.and(active).and(text);
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
                row.getFailedLoginAttempts(),
                Optional.ofNullable(row.getLockedUntil()),
                row.getCreatedAt(),
                row.getUpdatedAt());
    }
}
