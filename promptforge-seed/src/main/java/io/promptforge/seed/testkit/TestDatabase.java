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
 * A migrated PostgreSQL database for one test.
 *
 * <pre>{@code
 * try (TestDatabase database = TestDatabase.create()) {
 *     Prompt prompt = database.fixtures().prompt().withVersions(3).create();
 *     ...
 * }
 * }</pre>
 *
 * <p>Each call of {@link #create()} returns a new database that no other test, JVM or build uses. On the embedded server
 * the role that connects is a superuser; on other servers it is the configured role. Thread-safe.
 */
public final class TestDatabase implements AutoCloseable {
    private final DatabaseSupply supply;
    private final String owner;
    private final String name;
    private final DatabaseAddress address;
    private final boolean readOnly;
    private @Nullable PromptForge forge;
    private @Nullable Tenant tenant;
    private @Nullable Fixtures fixtures;
    private @Nullable String kept;
    private boolean closed;

    TestDatabase(DatabaseSupply supply, String owner) {
        this(supply, owner, false);
    }

    private TestDatabase(DatabaseSupply supply, String owner, boolean readOnly) {
        this.supply = supply;
        this.owner = owner;
        this.name = supply.take();
        this.address = supply.server().address(name);
        this.readOnly = readOnly;
    }

    /** The shared database of all tests of this JVM that only read. */
    static TestDatabase readOnly(DatabaseSupply supply) {
        TestDatabase database = new TestDatabase(supply, "the tests that share it", true);
        String refuse =
                "ALTER DATABASE " + StatementRunner.quoted(database.name) + " SET default_transaction_read_only = on";
        try {
            new StatementRunner(supply.server().maintenance().dataSource()).execute(refuse);
        } catch (SQLException e) {
            throw new TestDatabaseException(refuse + " failed: " + e.getMessage(), e);
        }
        return database;
    }

    /**
     * Creates a database with the migrated schema and no data. {@link TestDatabases} creates databases with templates.
     *
     * @throws TestDatabaseException if no server is available or it refuses; the message lists what was tried
     */
    public static TestDatabase create() {
        return TestDatabases.of().create();
    }

    /** The database's name. */
    public String name() {
        return name;
    }

    /** The JDBC URL, which includes user and password. */
    public String jdbcUrl() {
        return address.jdbcUrl();
    }

    /** The role that connects. */
    public String user() {
        return address.user();
    }

    /** The password of that role; empty if the server asks for none. */
    public String password() {
        return address.password();
    }

    /** A new data source without a pool: each {@code getConnection()} opens a connection, and {@code close()} closes it. */
    public DataSource dataSource() {
        return address.dataSource();
    }

    /** PromptForge on this database; every call returns one instance. It hashes passwords at the lowest bcrypt cost, to be fast. */
    public synchronized PromptForge promptForge() {
        if (forge == null) {
            forge = promptForge(address);
        }
        return forge;
    }

    /** The tenant of an organization in this database; created by the first call and returned by every later one. */
    public synchronized Tenant tenant() {
        if (tenant == null) {
            // The shared database is read-only by default, but the organization must be written once.
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

    /** Fixture builders for {@link #tenant()}; every call returns one instance. */
    public synchronized Fixtures fixtures() {
        if (fixtures == null) {
            fixtures = Fixtures.in(promptForge(), tenant());
        }
        return fixtures;
    }

    private static PromptForge promptForge(DatabaseAddress address) {
        return PromptForge.create(
                address.dataSource(), PromptForgeSettings.defaults().bcryptCost(4));
    }

    /** URL, user and password by the names of Spring Boot: {@code spring.datasource.url}, {@code .username}, {@code .password}. */
    public Map<String, String> properties() {
        return new TreeMap<>(Map.of(
                "spring.datasource.url", jdbcUrl(),
                "spring.datasource.username", user(),
                "spring.datasource.password", password()));
    }

    /**
     * Passes each of {@link #properties()} to a registry. In a method with Spring's {@code @DynamicPropertySource}: {@code
     * database.properties(registry::add)}.
     */
    public void properties(BiConsumer<String, Supplier<Object>> registry) {
        properties().forEach((property, value) -> registry.accept(property, () -> value));
    }

    /**
     * Keeps this database after {@link #close()} and after this JVM ends, and logs how to connect to it. An embedded server
     * then runs for another hour.
     *
     * @return the logged message
     * @throws TestDatabaseException if the server refuses
     */
    public synchronized String keep() {
        if (kept == null) {
            kept = "The test database of " + owner + " is kept. To connect: "
                    + supply.server().keep(name);
            System.getLogger(TestDatabase.class.getPackageName()).log(Level.WARNING, kept);
        }
        return kept;
    }

    /**
     * Discards this database. Returns at once; a background thread logs a warning if connections to it are still open
     * after 315 milliseconds, and drops it. Does nothing for a shared read-only database, or when called again.
     */
    @Override
    public synchronized void close() {
        if (!closed && !readOnly) {
            closed = true;
            supply.reclaimer().reclaim(name, owner, kept != null);
        }
    }

    /** Returns {@link #name()}. */
    @Override
    public String toString() {
        return name;
    }
}
