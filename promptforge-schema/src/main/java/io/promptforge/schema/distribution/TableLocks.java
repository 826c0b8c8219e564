package io.promptforge.schema.distribution;

import io.promptforge.schema.internal.ScriptSettings;
import io.promptforge.schema.internal.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * Locks tables in short tries. Other readers and writers of a table queue behind a try, and go on between two of them. A try also ends
 * before PostgreSQL looks for a deadlock, so that no service loses one that writes the tables in another order.
 */
final class TableLocks {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private TableLocks() {}

    /** Takes all of them, until the end of the transaction, whose later statements wait for locks without a limit. */
    static void take(Connection connection, List<Step> locks) throws SQLException {
        long end = System.nanoTime() + LONGEST.toNanos();
        try (Statement statement = connection.createStatement()) {
            // to the nodes too, where triggers of the services' writes lock tables
            statement.execute("SET LOCAL citus.propagate_set_commands TO 'local'");
            statement.execute("SET LOCAL lock_timeout TO '" + ScriptSettings.LOCK_TIMEOUT + "'");
            Savepoint before = connection.setSavepoint();
            while (!areTaken(statement, locks, end)) {
                connection.rollback(before);
                statement.execute("SELECT pg_sleep(1)");
            }
            statement.execute("SET LOCAL lock_timeout TO 0");
            statement.execute("SET LOCAL citus.propagate_set_commands TO 'none'");
        }
    }

    private static boolean areTaken(Statement statement, List<Step> locks, long end) throws SQLException {
        try {
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
