package io.promptforge.seed.testkit;

import io.promptforge.seed.internal.DatabaseUrl;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * This JVM's session on a shared server. It holds an advisory lock for as long as the JVM lives. The lock's key is part of
 * the names of the JVM's databases, so other JVMs can tell, even after a kill, that a database is left over.
 */
final class SharedServerSession {
    private static final Map<DatabaseUrl, SharedServerSession> SESSIONS = new HashMap<>();
    private static final int FIRST_WITH_STRATEGY = 15;

    private final DatabaseUrl url;
    private final DatabaseAddress maintenance;
    private final StatementRunner statements;
    private final long jvm = new SecureRandom().nextLong();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<String> databases = ConcurrentHashMap.newKeySet();
    private final ReadWriteLock end = new ReentrantReadWriteLock();
    private final String strategy;
    private final SharedServerTemplates templates;
    private Connection lock;

    private SharedServerSession(DatabaseUrl url) throws SQLException {
        this.url = url;
        this.maintenance = maintenance(url);
        this.statements = new StatementRunner(maintenance.dataSource());
        this.strategy = statements.with(SharedServerSession::checkedStrategy);
        this.lock = locked();
        // On a separate connection: waiting for a template that another JVM builds must not delay the databases of this
        // one.
        this.templates = new SharedServerTemplates(maintenance.dataSource().getConnection(), statements, this::address);
    }

    /** The one session of this JVM with this server. */
    static SharedServerSession to(DatabaseUrl url) throws SQLException {
        synchronized (SESSIONS) {
            @Nullable SharedServerSession present = SESSIONS.get(url);
            if (present != null) {
                return present;
            }
            SharedServerSession session = new SharedServerSession(url);
            SESSIONS.put(url, session);
            Runtime.getRuntime().addShutdownHook(new Thread(session::dropAll, "promptforge-test-databases-end"));
            DaemonThreads.thread("reap").execute(new Reaper(session.statements)::reap);
            return session;
        }
    }

    SharedServerTemplates templates() {
        return templates;
    }

    DatabaseAddress maintenance() {
        return maintenance;
    }

    DatabaseAddress address(String database) {
        return address(url.withDatabase(database));
    }

    /** Takes the lock again after a restart of the server, which releases all locks. */
    private synchronized void holdLock() throws SQLException {
        if (!lock.isValid(5)) {
            lock = locked();
        }
    }

    String newName(String chain) {
        return SharedDatabaseNames.database(chain, jvm, numbers.incrementAndGet());
    }

    /** Clones a template. */
    void create(String name, String template) throws SQLException {
        end.readLock().lock();
        try {
            holdLock();
            databases.add(name);
            statements.execute("CREATE DATABASE " + name + " TEMPLATE " + template + strategy);
        } finally {
            end.readLock().unlock();
        }
    }

    void drop(String name) {
        try {
            statements.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            databases.remove(name);
        } catch (SQLException stays) {
            // Dropped when this JVM ends, or by the reaper of a later one.
        }
    }

    /** Marks the database by a comment, so that no reaper drops it. */
    void keep(String name) {
        databases.remove(name);
        try {
            statements.execute("COMMENT ON DATABASE " + name + " IS '" + Reaper.KEPT + "'");
        } catch (SQLException e) {
            throw new TestDatabaseException("The database " + name + " cannot be kept: " + e.getMessage(), e);
        }
    }

    /** At the end of the JVM. Never releases the lock, so that no database is created afterwards. */
    @SuppressWarnings("LockNotBeforeTry")
    private void dropAll() {
        end.writeLock().lock();
        databases.forEach(this::drop);
    }

    private Connection locked() throws SQLException {
        Connection connection = maintenance.dataSource().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + jvm + ")");
        }
        return connection;
    }

    private static String checkedStrategy(Connection connection) throws SQLException {
        String query = "SELECT current_setting('server_version_num')::int / 10000, current_setting('fsync') = 'on',"
                + " rolcreatedb OR rolsuper, rolname FROM pg_roles WHERE rolname = current_user";
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            if (!answer.getBoolean(3)) {
                String role = answer.getString(4);
                throw new TestDatabaseException(
                        "The role \"" + role + "\" may not create databases.\nRun ALTER ROLE "
                                + StatementRunner.quoted(role) + " CREATEDB, or use another role in the URL.",
                        null);
            }
            return strategy(answer.getInt(1), answer.getBoolean(2));
        }
    }

    /** FILE_COPY is the fastest, unless the server syncs each file to the disk. */
    static String strategy(int major, boolean syncs) {
        if (major < FIRST_WITH_STRATEGY) {
            return "";
        }
        return syncs ? " STRATEGY WAL_LOG" : " STRATEGY FILE_COPY";
    }

    /** The database {@code postgres} if the role may connect to it: advisory locks are per database, so builds should share one. */
    private static DatabaseAddress maintenance(DatabaseUrl url) {
        DatabaseAddress usual = address(url.withDatabase("postgres"));
        try (Connection connection = usual.dataSource().getConnection()) {
            return connection.isClosed() ? address(url) : usual;
        } catch (SQLException refused) {
            return address(url);
        }
    }

    private static DatabaseAddress address(DatabaseUrl url) {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) url.dataSource();
        String user = Optional.ofNullable(dataSource.getUser()).orElse(System.getProperty("user.name"));
        String password = Optional.ofNullable(dataSource.getPassword()).orElse("");
        return new DatabaseAddress(url.withCredentials(user, password), user, password);
    }
}
