package io.promptforge.schema.distribution;

import io.promptforge.schema.internal.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * Locks tables in tries, of which the first are short: other readers and writers of a table queue behind a try, and go on between two of
 * them. The first tries also end before PostgreSQL looks for a deadlock, so that no service loses one that writes the tables in another
 * order. On a busy server only longer tries succeed.
 */
final class TableLocks {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final long SHORTEST_TRY = 300;
    private static final long LONGEST_TRY = 10_000;

    private TableLocks() {}

    /** Takes all of them, until the end of the transaction, whose later statements wait for locks without a limit. */
    static void take(Connection connection, List<Step> locks) throws SQLException {
        long end = System.nanoTime() + LONGEST.toNanos();
        try (Statement statement = connection.createStatement()) {
            // lock_timeout is for the nodes too, where triggers of the services' writes lock tables
            statement.execute("SET LOCAL citus.propagate_set_commands TO 'local'");
            Savepoint before = connection.setSavepoint();
            long milliseconds = SHORTEST_TRY;
            while (!areTaken(statement, locks, milliseconds, end)) {
                connection.rollback(before);
                statement.execute("SELECT pg_sleep(1)");
                milliseconds = Math.min(LONGEST_TRY, milliseconds * 2);
            }
            statement.execute("SET LOCAL lock_timeout TO 0");
            statement.execute("SET LOCAL citus.propagate_set_commands TO 'none'");
        }
    }

    private static boolean areTaken(Statement statement, List<Step> locks, long milliseconds, long end)
            throws SQLException {
        try {
            statement.execute("SET LOCAL lock_timeout TO " + milliseconds);
            for (Step lock : locks) {
                statement.execute(lock.sql());
            }
            return true;
        } catch (SQLException e) {
            String state = SqlState.of(e);
            boolean held = state.equals(SqlState.LOCK_NOT_AVAILABLE) || state.equals(SqlState.DEADLOCK_DETECTED);
            if (!held || System.nanoTime() - end > 0) {
                throw e;
            }
            return false;
        }
    }
}
