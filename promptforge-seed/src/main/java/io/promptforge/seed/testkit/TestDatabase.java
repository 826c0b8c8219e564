package io.promptforge.seed.testkit;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.seed.fixture.Fixtures;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A migrated database of one's own on a real PostgreSQL.
 *
 * <pre>{@code
 * try (TestDatabase database = TestDatabase.create()) {
 *     Prompt prompt = database.fixtures().prompt().withVersions(3).create();
 *     ...
 * }
 * }</pre>
 *
 * <p>Nobody else uses it: not another thread, JVM or build. The role that connects is a superuser on the embedded server,
 * and the given one elsewhere. Safe for use by several threads.
 */
public final class TestDatabase implements AutoCloseable {
    private final Supply supply;
    private final String owner;
    private final String name;
    private final Address address;
    private final boolean readOnly;
    private @Nullable PromptForge forge;
    private @Nullable Tenant tenant;
    private @Nullable Fixtures fixtures;
    private @Nullable String kept;
    private boolean closed;

    TestDatabase(Supply supply, String owner) {
        this(supply, owner, false);
    }

    private TestDatabase(Supply supply, String owner, boolean readOnly) {
        this.supply = supply;
        this.owner = owner;
        this.name = supply.take();
        this.address = supply.server().address(name);
        this.readOnly = readOnly;
    }

    /** For all tests of this JVM. */
    static TestDatabase readOnly(Supply supply) {
        TestDatabase database = new TestDatabase(supply, "Tests that share it", true);
        String refuse =
                "ALTER DATABASE " + Statements.quoted(database.name) + " SET default_transaction_read_only = on";
        try {
            new Statements(supply.server().maintenance().dataSource()).execute(refuse);
        } catch (SQLException e) {
            throw new TestDatabaseException(refuse + " failed: " + e.getMessage(), e);
        }
        return database;
    }

    /**
     * A new database with the migrated schema and nothing in it; {@link TestDatabases} makes others.
     *
     * @throws TestDatabaseException if there is no server, or it refuses; the message says what was tried
     */
    public static TestDatabase create() {
        return TestDatabases.of().create();
    }

    /** The database's name. */
    public String name() {
        return name;
    }

    /** A JDBC URL that is enough to connect: it holds user and password. */
    public String jdbcUrl() {
        return address.jdbcUrl();
    }

    /** The role that connects. */
    public String user() {
        return address.user();
    }

    /** Its password; empty if none is needed. */
    public String password() {
        return address.password();
    }

    /** A new data source without a pool: every connection is new, and closed when it is closed. */
    public DataSource dataSource() {
        return address.dataSource();
    }

    /** PromptForge over this database, always the same; passwords are hashed at the lowest cost, to save tests' time. */
    public synchronized PromptForge promptForge() {
        if (forge == null) {
            forge = promptForge(address);
        }
        return forge;
    }

    /** An organization for the tests in this database, always the same; made when it is first asked for. */
    public synchronized Tenant tenant() {
        if (tenant == null) {
            // The database may refuse this by default, but the organization has to come from somewhere.
            PromptForge writing = readOnly
                    ? promptForge(address.with("options", "-c%20default_transaction_read_only=off"))
                    : promptForge();
            tenant = promptForge()
                    .tenant(writing.organizations()
                            .create(NewOrganization.of("Test organization", "test-organization"))
                            .id());
        }
        return tenant;
    }

    /** Builders of what tests need to be there, in {@link #tenant()}, always the same. */
    public synchronized Fixtures fixtures() {
        if (fixtures == null) {
            fixtures = Fixtures.in(promptForge(), tenant());
        }
        return fixtures;
    }

    private static PromptForge promptForge(Address address) {
        return PromptForge.create(
                address.dataSource(), PromptForgeSettings.defaults().bcryptCost(4));
    }

    /** URL, user and password under the names that Spring Boot has for them: {@code spring.datasource.url} and so on. */
    public Map<String, String> properties() {
        return new TreeMap<>(Map.of(
                "spring.datasource.url", jdbcUrl(),
                "spring.datasource.username", user(),
                "spring.datasource.password", password()));
    }

    /**
     * Registers {@link #properties()} one by one, for a method with Spring's {@code @DynamicPropertySource}: {@code
     * database.properties(registry::add)}.
     */
    public void properties(BiConsumer<String, Supplier<Object>> registry) {
        properties().forEach((property, value) -> registry.accept(property, () -> value));
    }

    /**
     * Lets this database outlive its test and this JVM, and logs how to connect to it. An embedded server then runs on
     * for an hour.
     *
     * @return what was logged
     */
    public synchronized String keep() {
        if (kept == null) {
            kept = "The database of " + owner + " is kept: " + supply.server().keep(name);
            System.getLogger(TestDatabase.class.getPackageName()).log(Level.WARNING, kept);
        }
        return kept;
    }

    /**
     * Gives the database back, without waiting for anything. Connections that are open are reported a moment later. Does
     * nothing when called again.
     */
    @Override
    public synchronized void close() {
        if (!closed && !readOnly) {
            closed = true;
            supply.returns().giveBack(name, owner, kept != null);
        }
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
