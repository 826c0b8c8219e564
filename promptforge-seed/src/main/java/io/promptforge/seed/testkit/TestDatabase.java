package io.promptforge.seed.testkit;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.secret.MasterKeys;
import io.promptforge.seed.fixture.Fixtures;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
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
    /** The master keys of {@link #promptForge()}, for another one over this database. They are public, so only for tests. */
    public static final MasterKeys MASTER_KEYS =
            MasterKeys.parse("test=" + Base64.getEncoder().encodeToString(new byte[32]));

    private final DatabaseSupply supply;
    private final String owner;
    private final String name;
    private final DatabaseAddress address;
    private final DataSource dataSource;
    private final Runnable closing;
    private final ContentSnapshot snapshot;
    private final boolean readOnly;

    /** Null unless this is another one over another DataSource. */
    private final @Nullable TestDatabase base;

    private @Nullable PromptForge forge;
    private @Nullable Tenant tenant;
    private @Nullable Tenant tenantOfSnapshot;
    private @Nullable Fixtures fixtures;
    private @Nullable String kept;
    private boolean closed;

    TestDatabase(DatabaseSupply supply, String owner) {
        this(supply, owner, false);
    }

    private TestDatabase(DatabaseSupply supply, String owner, boolean readOnly) {
        this.supply = supply;
        this.owner = owner;
        this.name = supply.take(owner);
        this.address = supply.server().address(name);
        TestDataSource own = new TestDataSource(address, supply, owner);
        this.dataSource = own;
        this.closing = own::close;
        this.snapshot = new ContentSnapshot(name, address, supply.connections());
        this.readOnly = readOnly;
        this.base = null;
    }

    private TestDatabase(TestDatabase base, DataSource other) {
        this.supply = base.supply;
        this.owner = base.owner;
        this.name = base.name;
        this.address = base.address;
        this.dataSource = other;
        this.closing = base.closing;
        this.snapshot = base.snapshot;
        this.readOnly = base.readOnly;
        this.base = base;
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

    /** A data source without a pool: each {@code getConnection()} opens a connection, and {@code close()} closes it. */
    public DataSource dataSource() {
        return dataSource;
    }

    /**
     * This database over another DataSource, for example the pool of the application under test: what fixtures store then takes
     * part in the application's transactions. Its tenant is of the same organization. Its fixtures are others, whose names may
     * clash with those of this object. Closing it does nothing.
     *
     * @param other connects to this database; {@link #dataSource()} returns it
     */
    public TestDatabase over(DataSource other) {
        return new TestDatabase(this, other);
    }

    /** PromptForge on this database; every call returns one instance. It hashes passwords at the lowest bcrypt cost, to be fast. */
    public synchronized PromptForge promptForge() {
        if (forge == null) {
            forge = promptForge(dataSource);
        }
        return forge;
    }

    /**
     * The tenant of an organization in this database; created by the first call and returned by every later one. The organization
     * itself is committed at once, also within a transaction of the application.
     */
    public synchronized Tenant tenant() {
        if (tenant == null) {
            tenant = promptForge()
                    .tenant(base == null ? newOrganization() : base.tenant().organizationId());
        }
        return tenant;
    }

    private UUID newOrganization() {
        // The shared database is read-only by default, but the organization must be written once.
        DatabaseAddress writing =
                readOnly ? address.with("options", "-c%20default_transaction_read_only=off") : address;
        return promptForge(writing.dataSource())
                .organizations()
                .create(NewOrganization.of("Test organization", "test-organization"))
                .id();
    }

    /** Fixture builders for {@link #tenant()}; every call returns one instance. */
    public synchronized Fixtures fixtures() {
        if (fixtures == null) {
            fixtures = Fixtures.in(promptForge(), tenant());
        }
        return fixtures;
    }

    private static PromptForge promptForge(DataSource dataSource) {
        return PromptForge.create(
                dataSource, PromptForgeSettings.defaults().bcryptCost(4).masterKeys(MASTER_KEYS));
    }

    /**
     * Remembers the present content, for {@link #restore()}: the rows of all tables and the values of all sequences. They are
     * copied into a schema of this database, so it takes longer the more there is.
     *
     * @throws TestDatabaseException if the server refuses
     */
    public synchronized void snapshot() {
        if (base == null) {
            snapshot.take();
            tenantOfSnapshot = tenant;
        } else {
            base.snapshot();
        }
    }

    /**
     * Gives the database the content that it had when {@link #snapshot()} was called, in a few milliseconds: pools and other
     * connections stay as they are. Tables that were created since are dropped, partitions are emptied; other changes of the
     * schema stay. Tenant and fixtures are new unless they are older than the snapshot. A transaction that was left open and is in the way is reported, and ended
     * after 2 seconds. Other tests must not use the database meanwhile.
     *
     * @throws IllegalStateException if there is no snapshot
     * @throws TestDatabaseException if the server refuses; the role must be a superuser, as on the embedded server
     */
    public synchronized void restore() {
        if (base == null) {
            snapshot.restore(owner);
            tenant = tenantOfSnapshot;
        } else {
            base.restore();
            tenant = null;
        }
        if ((base == null ? this : base).tenantOfSnapshot == null) {
            fixtures = null;
        } else {
            forgetParents();
        }
    }

    /**
     * Lets {@link #fixtures()} create new parents from now on, after those of before may have been rolled back. Names go on from
     * where they were.
     */
    public synchronized void forgetParents() {
        if (fixtures != null) {
            fixtures = fixtures.in(tenant().organization());
        }
    }

    /**
     * URL, user and password by the names of Spring Boot: {@code spring.datasource.url}, {@code .username}, {@code .password}; and
     * {@code .hikari.minimum-idle}, so that the pools of many cached contexts hold few connections.
     */
    public Map<String, String> properties() {
        return new TreeMap<>(Map.of(
                "spring.datasource.url", jdbcUrl(),
                "spring.datasource.username", user(),
                "spring.datasource.password", password(),
                "spring.datasource.hikari.minimum-idle", "1"));
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
     * Discards this database; {@link #dataSource()} gives no more connections then. Returns at once; a background thread logs a warning if connections to it are still open
     * after 315 milliseconds, ends them, and drops it. Does nothing for a shared read-only database, or when called again.
     */
    @Override
    public synchronized void close() {
        if (!closed && !readOnly && base == null) {
            closed = true;
            closing.run();
            snapshot.close();
            supply.giveBack(name, kept != null);
        }
    }

    /** Returns {@link #name()}. */
    @Override
    public String toString() {
        return name;
    }
}
