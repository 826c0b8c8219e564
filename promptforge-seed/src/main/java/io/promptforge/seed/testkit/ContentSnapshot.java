package io.promptforge.seed.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Remembers the content of a database in the database itself, by {@code snapshot.sql}, and restores it. */
final class ContentSnapshot {
    /** A transaction that was left open can hold the rows that are to be removed. */
    private static final String LIMIT = "SET lock_timeout = '2s'";

    private static final String RESTORE = "SELECT * FROM promptforge_test_snapshot.restore()";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final String database;
    private final StatementRunner statements;
    private final OpenConnections connections;
    private boolean taken;

    /** @param connections ends transactions that were left open */
    ContentSnapshot(String database, DatabaseAddress address, OpenConnections connections) {
        this.database = database;
        this.statements = new StatementRunner(address.dataSource());
        this.connections = connections;
    }

    synchronized void take() {
        try {
            statements.execute(script());
            statements.execute(LIMIT);
            connections.reserve();
            taken = true;
        } catch (SQLException e) {
            throw failure("remembered", e);
        }
    }

    /** @param owner the last user of the database, for the report of transactions that were left open */
    synchronized void restore(String owner) {
        if (!taken) {
            throw new IllegalStateException("There is no snapshot of " + database + ". Call snapshot() before.");
        }
        try {
            vacuum(restored(owner));
        } catch (SQLException e) {
            throw failure("restored", e);
        }
    }

    private List<String> restored(String owner) throws SQLException {
        try {
            return restored();
        } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
            connections.endTransactions(database, owner);
            return restored();
        }
    }

    private List<String> restored() throws SQLException {
        return statements.with(connection -> {
            try (Statement select = connection.createStatement();
                    ResultSet tables = select.executeQuery(RESTORE)) {
                List<String> names = new ArrayList<>();
                while (tables.next()) {
                    names.add(tables.getString(1));
                }
                return names;
            }
        });
    }

    /** Without it a table keeps the space of the rows that were deleted: the server's own vacuum is off. */
    private void vacuum(List<String> tables) throws SQLException {
        for (String table : tables) {
            statements.execute("VACUUM " + table);
        }
    }

    /** Closes the connection. */
    synchronized void close() {
        statements.close();
    }

    private TestDatabaseException failure(String what, SQLException e) {
        String advice = INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())
                ? "\nThe role must be a superuser, because foreign keys are switched off meanwhile."
                : "";
        return new TestDatabaseException(
                "The content of " + database + " could not be " + what + ": " + e.getMessage() + advice, e);
    }

    private static String script() {
        try (InputStream script = ContentSnapshot.class.getResourceAsStream("snapshot.sql")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
