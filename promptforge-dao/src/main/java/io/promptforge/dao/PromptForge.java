package io.promptforge.dao;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.session.Session;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.maintenance.Maintenance;
import io.promptforge.dao.organization.JooqOrganizationRepository;
import io.promptforge.dao.organization.OrganizationRepository;
import io.promptforge.dao.user.Logins;
import io.promptforge.dao.user.User;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * The way in. Thread-safe, cheap to keep for the life of the service; owns nothing and closes nothing.
 *
 * <p>What is above the tenants is here: organizations and logins. Everything else is reached through {@link #tenant}.
 */
public final class PromptForge {
    private final Session session;
    private final Logins logins;

    private PromptForge(Session session, Logins logins) {
        this.session = session;
        this.logins = logins;
    }

    /** PromptForge over migrated tables in the schema {@code promptforge}. */
    public static PromptForge create(DataSource dataSource) {
        return create(dataSource, PromptForgeSettings.defaults());
    }

    /** PromptForge with settings of the host's own. */
    public static PromptForge create(DataSource dataSource, PromptForgeSettings settings) {
        Check.present("dataSource", dataSource);
        Check.present("settings", settings);
        return new PromptForge(
                Session.over(dataSource, settings.schema()), new Logins(settings.bcryptCost(), settings.lockout()));
    }

    /**
     * The user with this e-mail (in any letter case) and password, if there is one and it is active. Whether the e-mail
     * is unknown or the password wrong can be told neither by the answer nor by the time it takes, and neither can a
     * lockout ({@link PromptForgeSettings#lockout()}).
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the e-mail is null or blank, or the password is null
     */
    public Optional<User> login(String email, String password) {
        return logins.login(session, Check.text("email", email), Check.present("password", password));
    }

    /** The organizations. */
    public OrganizationRepository organizations() {
        return new JooqOrganizationRepository(session);
    }

    /** What has to be done from time to time, for all organizations. */
    public Maintenance maintenance() {
        return Maintenance.over(session);
    }

    /**
     * Everything of one organization. Asks the database nothing: an organization that is not there has nothing, and
     * nothing can be added to it.
     */
    public Tenant tenant(UUID organizationId) {
        return new Tenant(new TenantSession(session, Check.present("organizationId", organizationId)), logins);
    }

    /**
     * The same on a connection of the caller's, to take part in the caller's transaction: it is never committed, rolled
     * back or closed, and its autocommit and settings are left as they were found. A call that fails undoes only itself,
     * and leaves the transaction usable. With autocommit on there is no transaction to take part in: each call is one of
     * its own, and so is {@link #transaction}. For one thread at a time, like the connection.
     */
    public PromptForge on(Connection connection) {
        return new PromptForge(session.on(Check.present("connection", connection)), logins);
    }

    /**
     * Runs work all or nothing: what is done through the PromptForge it gets is committed when it returns, and rolled
     * back when it throws. Inside a transaction it is a savepoint of that one. A call that fails undoes only itself:
     * whoever catches its exception may go on. For the thread it is called on only.
     */
    public <T> T transaction(Function<PromptForge, T> work) {
        Check.present("work", work);
        return session.transaction(tx -> work.apply(in(tx)));
    }

    /**
     * The same, and when the database gives the transaction up for a deadlock or a serialization failure, the work is
     * run again from its beginning, after a short pause; so it must do nothing outside the database that it may not do
     * twice.
     *
     * @param attempts how often the work is run at most, 1 to 100
     * @throws io.promptforge.dao.error.RetryableException if the last attempt failed too
     */
    public <T> T transaction(int attempts, Function<PromptForge, T> work) {
        Check.present("work", work);
        return session.transaction(attempts, tx -> work.apply(in(tx)));
    }

    /**
     * Runs work that only reads, and all of whose calls see one state of the database, whatever others commit meanwhile
     * (REPEATABLE READ). The database refuses writes. Inside a transaction it has that one's view. For the thread it is
     * called on only.
     */
    public <T> T readOnly(Function<PromptForge, T> work) {
        Check.present("work", work);
        return session.readOnly(tx -> work.apply(in(tx)));
    }

    private PromptForge in(Session other) {
        return new PromptForge(other, logins);
    }
}
