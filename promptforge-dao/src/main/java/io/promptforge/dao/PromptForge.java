package io.promptforge.dao;

import io.promptforge.dao.internal.Check;
import io.promptforge.dao.internal.Session;
import io.promptforge.dao.internal.TenantSession;
import io.promptforge.dao.organization.OrganizationRepository;
import io.promptforge.dao.user.Logins;
import io.promptforge.dao.user.User;
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
        return new PromptForge(Session.over(dataSource, settings.schema()), new Logins(settings.bcryptCost()));
    }

    /**
     * The user with this e-mail (in any letter case) and password, if there is one and it is active. Whether the e-mail
     * is unknown or the password wrong can be told neither by the answer nor by the time it takes.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the e-mail is null or blank, or the password is null
     */
    public Optional<User> login(String email, String password) {
        return logins.login(session, Check.text("email", email), Check.present("password", password));
    }

    /** The organizations. */
    public OrganizationRepository organizations() {
        return OrganizationRepository.over(session);
    }

    /**
     * Everything of one organization. Asks the database nothing: an organization that is not there has nothing, and
     * nothing can be added to it.
     */
    public Tenant tenant(UUID organizationId) {
        return new Tenant(new TenantSession(session, Check.present("organizationId", organizationId)), logins);
    }

    /**
     * Runs work all or nothing: what is done through the PromptForge it gets is committed when it returns, and rolled
     * back when it throws. Inside a transaction it is a savepoint of that one. For the thread it is called on only.
     */
    public <T> T transaction(Function<PromptForge, T> work) {
        return session.transaction(tx -> work.apply(new PromptForge(tx, logins)));
    }
}
