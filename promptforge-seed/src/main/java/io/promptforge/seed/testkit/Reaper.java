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
 * Drops leftovers on a shared server: databases whose JVM has ended, unless they were kept, and templates that have not
 * been used for a week.
 */
final class Reaper {
    /** The comment on a database that was kept. */
    static final String KEPT = "kept by its test";

    /** The beginning of the comment on a template; the date of its last use follows. */
    static final String LAST_USED = "template of tests, last used ";

    private static final System.Logger log = System.getLogger(Reaper.class.getPackageName());
    private static final int DAYS = 7;

    private static final String DATABASES = """
            SELECT datname, coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database
             WHERE datname LIKE 'promptforge\\_%'
            """;

    /** Advisory locks of all databases: a lock belongs to the database of its session, and URLs may name different ones. */
    private static final String LOCKS = """
            SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
             WHERE locktype = 'advisory' AND objsubid = 1
            """;

    private final StatementRunner statements;

    Reaper(StatementRunner statements) {
        this.statements = statements;
    }

    private record Found(String name, String comment) {}

    /** Safe to run in several JVMs at once. What cannot be dropped is left to the next run. */
    void reap() {
        try {
            List<Found> databases = statements.with(Reaper::databases);
            // Read after the databases: a JVM takes its lock before it creates one, so no lock is missed.
            Set<Long> locks = statements.with(Reaper::locks);
            for (Found database : databases) {
                if (isLeftOver(database, locks)) {
                    statements.execute("DROP DATABASE IF EXISTS " + database.name() + " WITH (FORCE)");
                } else if (isOldTemplate(database, locks)) {
                    dropTemplate(database.name());
                }
            }
        } catch (SQLException e) {
            log.log(Level.DEBUG, "Some leftover test databases were not dropped; the next JVM tries again", e);
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

    /** Holds the template's lock exclusively meanwhile; a JVM that needs the template waits, and then builds it again. */
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
