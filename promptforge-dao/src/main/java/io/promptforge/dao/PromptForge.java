package io.promptforge.dao;

import io.promptforge.dao.apikey.JooqApiKeyRepository;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.session.Session;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.maintenance.JooqMaintenance;
import io.promptforge.dao.maintenance.Maintenance;
import io.promptforge.dao.organization.JooqOrganizationRepository;
import io.promptforge.dao.organization.Organization;
import io.promptforge.dao.organization.OrganizationFilter;
import io.promptforge.dao.organization.OrganizationRepository;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.user.SingleSignOn;
import io.promptforge.dao.user.User;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * The entry point: organizations and logins are here, everything of one organization is behind {@link #tenant}.
 *
 * <p>Thread-safe; create it once and keep it for the life of the service. It owns no resources, so there is nothing to close.
 */
public final class PromptForge {
    private final Session session;
    private final Security security;

    private PromptForge(Session session, Security security) {
        this.session = session;
        this.security = security;
    }

    /** PromptForge over migrated tables in the schema {@code promptforge}. Runs no query. */
    public static PromptForge create(DataSource dataSource) {
        return create(dataSource, PromptForgeSettings.defaults());
    }

    /**
     * PromptForge with other settings than the defaults. Runs no query. The first call for a tenant asks once whether the database confines
     * the role of the DataSource's connections by row-level security, so all of them must have one role.
     */
    public static PromptForge create(DataSource dataSource, PromptForgeSettings settings) {
        Check.present("dataSource", dataSource);
        Check.present("settings", settings);
        return new PromptForge(
                Session.over(dataSource, settings.schema(), settings.hostTransactions(), settings.serviceRole()),
                settings.security());
    }

    /**
     * Logs a user in. The answer is empty if the e-mail is unknown, the password is wrong, or the user is inactive or locked
     * out ({@link PromptForgeSettings#lockout()}); neither the answer nor its time tells which.
     *
     * @param email as {@link User#email} compares
     * @param password as it was typed; compared as RFC 8265 says, so that it does not depend on keyboard and operating system
     * @throws io.promptforge.dao.error.InvalidValueException if the e-mail is null or blank, or the password is null
     */
    public Optional<User> login(String email, String password) {
        return security.logins().login(session, Check.text("email", email), Check.present("password", password));
    }

    /**
     * Logs a user in whom an identity provider has authenticated: the caller has verified its token or assertion. Sets the last
     * login. Empty if there is no such user, or the user is inactive. Failed logins with a password do not matter.
     */
    public Optional<User> login(SingleSignOn identity) {
        return security.logins().login(session, Check.present("identity", identity));
    }

    /** The user with this identity at an identity provider, in any organization, active or not. Changes nothing. */
    public Optional<User> findUser(SingleSignOn identity) {
        return security.logins().find(session, Check.present("identity", identity));
    }

    /**
     * The tenant of the key with this text, for what the key may do: other calls are refused with an
     * {@link io.promptforge.dao.error.AccessDeniedException} that names the missing right. Empty if the text is not that of a key, or if
     * the key is revoked or has expired. Reads the key once, so use the result for one request. Notes the use at most once an hour.
     *
     * <p>A text that is mistyped or is no key at all is refused without a statement.
     */
    public Optional<Tenant> authenticate(String apiKey) {
        return JooqApiKeyRepository.authenticate(session, security.apiKeyHash(), Check.present("apiKey", apiKey))
                .map(accepted -> tenant(accepted.organizationId()).acting(Access.of(accepted.key())));
    }

    /** The organizations. */
    public OrganizationRepository organizations() {
        return new JooqOrganizationRepository(session);
    }

    /** The daily work on the tables of all organizations. */
    public Maintenance maintenance() {
        return new JooqMaintenance(session);
    }

    /**
     * Seals the credentials of all organizations with the newest of the {@linkplain PromptForgeSettings#masterKeys master keys}, unless they
     * are already, after which the older keys are of no use. Services work on meanwhile; let all of them have the newest key first. Each
     * is sealed in a transaction of its own; when the work was ended, the next call goes on.
     *
     * @param progress is called after each organization, by the calling thread; an exception of it ends the work
     * @return what was done
     * @throws io.promptforge.dao.error.AccessDeniedException if the role of the connection is confined to one tenant; such a service calls
     *     {@code tenant.modelProviders().resealApiKeys()} for each
     * @throws io.promptforge.dao.error.MissingSecretException if the settings do not have the master key of a secret
     * @throws io.promptforge.dao.error.UnreadableSecretException if a secret cannot be opened
     */
    public SealingProgress resealSecrets(Consumer<SealingProgress> progress) {
        Check.present("progress", progress);
        SealingProgress done = new SealingProgress(organizations().count(OrganizationFilter.all()), 0, 0);
        Optional<String> next = Optional.empty();
        do {
            Page<Organization> page = organizations()
                    .list(OrganizationFilter.all(), PageRequest.first(500).after(next.orElse(null)));
            for (Organization organization : page.items()) {
                done = done.and(tenant(organization.id()).modelProviders().resealApiKeys());
                progress.accept(done);
            }
            next = page.next();
        } while (next.isPresent());
        return done;
    }

    /** The data of one organization. Runs no query; for an unknown organization reads are empty and writes fail. */
    public Tenant tenant(UUID organizationId) {
        TenantSession ofTenant = TenantSession.of(session, Check.present("organizationId", organizationId));
        return new Tenant(ofTenant, security, Access.ofService());
    }

    /**
     * This PromptForge on the caller's connection, to take part in the caller's transaction. The connection is never committed,
     * rolled back or closed, and keeps its autocommit and settings. A call that fails is rolled back to a savepoint, so that
     * the transaction stays usable. With autocommit on there is no transaction to take part in: each call and each
     * {@link #transaction} commits by itself. For one thread at a time, like the connection.
     */
    public PromptForge on(Connection connection) {
        return in(session.on(Check.present("connection", connection)));
    }

    /**
     * Runs work in a transaction: all calls on the PromptForge that it gets are committed when the work returns, and rolled back
     * when it throws; the exception is rethrown unchanged. Inside a transaction the work runs in a savepoint of that one. A call
     * that fails is rolled back alone, so the work may catch its exception and go on. For the calling thread only.
     */
    public <T> T transaction(Function<PromptForge, T> work) {
        Check.present("work", work);
        return session.transaction(tx -> work.apply(in(tx)));
    }

    /** Runs work that has no result in a {@link #transaction(Function) transaction}. */
    public void transactionWithoutResult(Consumer<PromptForge> work) {
        transaction(WithoutResult.of(work));
    }

    /**
     * Runs work in a {@link #transaction(Function) transaction}, and after a deadlock, a serialization failure or a write to a
     * server that is read-only runs it again from its beginning, after a short random pause. So the work must do nothing outside
     * the database that may not be done twice.
     *
     * @param attempts how often the work runs at most, 1 to 100
     * @throws io.promptforge.dao.error.RetryableException if the last attempt failed too
     */
    public <T> T transaction(int attempts, Function<PromptForge, T> work) {
        Check.present("work", work);
        return session.transaction(attempts, tx -> work.apply(in(tx)));
    }

    /** Runs work that has no result in a {@link #transaction(int, Function) transaction with several attempts}. */
    public void transactionWithoutResult(int attempts, Consumer<PromptForge> work) {
        transaction(attempts, WithoutResult.of(work));
    }

    /**
     * Runs work that only reads in a transaction (REPEATABLE READ, READ ONLY): all its calls see one state of the database, and
     * writes are refused. Inside a transaction the work sees what that one sees. For the calling thread only.
     */
    public <T> T readOnly(Function<PromptForge, T> work) {
        Check.present("work", work);
        return session.readOnly(tx -> work.apply(in(tx)));
    }

    /** Runs work that only reads and has no result, as {@link #readOnly} does. */
    public void readOnlyWithoutResult(Consumer<PromptForge> work) {
        readOnly(WithoutResult.of(work));
    }

    private PromptForge in(Session other) {
        return new PromptForge(other, security);
    }
}
