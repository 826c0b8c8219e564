package io.promptforge.dao.user;

import static io.promptforge.schema.jooq.Tables.USERS;
import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Changes;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.ListInsert;
import io.promptforge.dao.internal.write.PlatformKeys;
import io.promptforge.dao.internal.write.RowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** Stores users by jOOQ. */
public final class JooqUserRepository implements UserRepository {
    private static final Changes WITHOUT_FAILURES =
            Changes.none().set("failed_login_attempts", 0).set("locked_until", null);

    private static final ListInsert<?, User> LIST = new ListInsert<>(USERS, UserRows.USER, User::id);

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
                .map(password -> hash(password, user, passwords()::hash))
                .orElse(null);
        UUID id = Ids.next();
        return PlatformKeys.ofUser(
                session,
                id,
                user.values(),
                present -> present.write(dsl -> UserRows.USER.fetchSingle(dsl.insertInto(USERS)
                        .set(USERS.ORGANIZATION_ID, session.organizationId())
                        .set(USERS.ID, id)
                        .set(USERS.PASSWORD_HASH, hash)
                        .set(user.values().of(USERS))
                        .returning(UserRows.USER.fields()))));
    }

    @Override
    public List<User> create(List<NewUser> users) {
        UnaryOperator<String> hashing = passwords().hashingOfOneCall();
        List<ColumnValues> rows = ListInsert.each("users", Check.list("users", users), user -> user.values()
                .with(
                        "password_hash",
                        user.password()
                                .map(password -> hash(password, user, hashing))
                                .orElse(null))
                .with("id", Ids.next()));
        return ListInsert.store(
                session.session(),
                "users",
                rows,
                (tx, some) -> PlatformKeys.claimUsers(session.in(tx), some),
                (tx, some) -> LIST.insert(session.in(tx), some));
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
        var user = session.run(dsl -> dsl.select(
                                USERS.EMAIL, USERS.FULL_NAME, USERS.PASSWORD_HASH, USERS.PREVIOUS_PASSWORD_HASHES)
                        .from(USERS)
                        .where(ofTenant(USERS.ID.eq(id)))
                        .fetchOptional())
                .orElseThrow(() -> new NotFoundException("user", id));
        passwords().rules().check(password, user.value1(), user.value2());
        passwords().refuseReuse(password, last(user.value3(), user.value4()));
        replacePassword(id, passwords().hash(password));
    }

    /** The hashes of the last passwords that may not be used again. */
    private List<String> last(@Nullable String present, String[] previous) {
        return Stream.concat(Stream.ofNullable(present), Arrays.stream(previous))
                .limit(passwords().rules().remembered())
                .toList();
    }

    @Override
    public User removePassword(UUID id) {
        return replacePassword(Check.present("id", id), null);
    }

    /** The replaced hash becomes the first of the previous ones. */
    private User replacePassword(UUID id, @Nullable String hash) {
        int kept = Math.max(passwords().rules().remembered() - 1, 0);
        return session.write(dsl -> UserRows.USER.fetchOptional(dsl.update(USERS)
                        .set(
                                USERS.PREVIOUS_PASSWORD_HASHES,
                                // concatenated with nothing, since a slice that is assigned crashes Citus
                                field(
                                        "(array_remove({0} || {1}, NULL))[1:{2}] || '{}'::text[]",
                                        String[].class,
                                        array(USERS.PASSWORD_HASH),
                                        USERS.PREVIOUS_PASSWORD_HASHES,
                                        inline(kept)))
                        .set(USERS.PASSWORD_HASH, hash)
                        .set(WITHOUT_FAILURES.values().of(USERS))
                        .where(ofTenant(USERS.ID.eq(id)))
                        .returning(UserRows.USER.fields())))
                .orElseThrow(() -> new NotFoundException("user", id));
    }

    private String hash(String password, NewUser user, UnaryOperator<String> hashing) {
        passwords()
                .rules()
                .check(
                        password,
                        user.value("email").orElseThrow().toString(),
                        user.value("full_name").orElseThrow().toString());
        return hashing.apply(password);
    }

    private Passwords passwords() {
        return logins.passwords();
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
        return hash != null && passwords().matches(password, hash);
    }

    @Override
    public User unlock(UUID id) {
        return update(id, WITHOUT_FAILURES);
    }

    private User update(UUID id, Changes changes) {
        Check.present("id", id);
        RowUpdate<?, User> update = new RowUpdate<>(USERS, UserRows.USER, "user", ofTenant(USERS.ID.eq(id)), id);
        return PlatformKeys.ofUser(session, id, changes.values(), present -> update.apply(present, changes));
    }

    private Optional<User> findWhere(Condition condition) {
        return session.run(dsl -> UserRows.USER.fetchOptional(
                dsl.select(UserRows.USER.fields()).from(USERS).where(ofTenant(condition))));
    }

    private Condition ofTenant(Condition condition) {
        return USERS.ORGANIZATION_ID.eq(session.organizationId()).and(condition);
    }
}
