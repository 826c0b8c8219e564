package io.promptforge.seed.testkit;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Drops what is left on a server that others use too: the databases of JVMs that are gone, unless they were kept, and
 * templates that nobody has used for a week.
 */
final class Reaper {
    /** The comment on a database that its test has kept. */
    static final String KEPT = "kept by its test";

    /** The comment on a template begins with it; the date follows. */
    static final String LAST_USED = "template of tests, last used ";

    private static final System.Logger log = System.getLogger(Reaper.class.getPackageName());
    private static final int DAYS = 7;

    private static final String DATABASES = """
            SELECT datname, coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database
             WHERE datname LIKE 'promptforge\\_%'
            """;

    /** Of all databases: a lock counts in the one its session is connected to, and URLs may name different ones. */
    private static final String LOCKS = """
            SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
             WHERE locktype = 'advisory' AND objsubid = 1
            """;

    private final StatementRunner statements;

    Reaper(StatementRunner statements) {
        this.statements = statements;
    }

    private record Found(String name, String comment) {}

    /** Another JVM may do the same at the same time; what one of them cannot drop, the other does, or the next one. */
    void reap() {
        try {
            List<Found> databases = statements.with(Reaper::databases);
            // Read afterwards: a JVM takes its lock before it makes a database.
            Set<Long> locks = statements.with(Reaper::locks);
            for (Found database : databases) {
                if (isLeftOver(database, locks)) {
                    statements.execute("DROP DATABASE IF EXISTS " + database.name() + " WITH (FORCE)");
                } else if (isOldTemplate(database, locks)) {
                    dropTemplate(database.name());
                }
            }
        } catch (SQLException e) {
            log.log(Level.DEBUG, "Not all left-over test databases could be dropped", e);
        }
    }

    private static boolean isLeftOver(Found database, Set<Long> locks) {
        OptionalLong jvm = SharedDatabaseNames.jvm(database.name());
        return jvm.isPresent()
                && !locks.contains(jvm.getAsLong())
                && !database.comment().equals(KEPT);
    }

    private static boolean isOldTemplate(Found database, Set<Long> locks) {
        OptionalLong key = SharedDatabaseNames.templateLock(database.name());
        String limit = LAST_USED + LocalDate.now(ZoneOffset.UTC).minusDays(DAYS);
        return key.isPresent()
                && !locks.contains(key.getAsLong())
                && database.comment().startsWith(LAST_USED)
                && database.comment().compareTo(limit) < 0;
    }

    /** Whoever wants to use it meanwhile waits for the lock, and builds it anew. */
    private void dropTemplate(String name) throws SQLException {
        long key = SharedDatabaseNames.templateLock(name).orElseThrow();
        statements.with(connection -> {
            try (Statement statement = connection.createStatement()) {
                if (!answer(statement, "SELECT pg_try_advisory_lock(" + key + ")")) {
                    return false;
                }
                try {
                    statement.execute("ALTER DATABASE " + name + " WITH IS_TEMPLATE false");
                    return statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
                } finally {
                    statement.execute("SELECT pg_advisory_unlock(" + key + ")");
                }
            }
        });
    }

    private static boolean answer(Statement statement, String question) throws SQLException {
        try (ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getBoolean(1);
        }
    }

    private static List<Found> databases(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DATABASES)) {
            List<Found> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new Found(rows.getString(1), rows.getString(2)));
            }
            return found;
        }
    }

    private static Set<Long> locks(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LOCKS)) {
            Set<Long> keys = new HashSet<>();
            while (rows.next()) {
                keys.add(rows.getLong(1));
            }
            return keys;
        }
    }
}
