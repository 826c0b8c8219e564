package io.promptforge.seed.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to a test database; when the server has no more, the error says who holds them. */
final class TestDataSource extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private final transient DatabaseSupply supply;
    private final String owner;
    private volatile boolean closed;

    /** @param owner the name of the test that uses the database */
    TestDataSource(DatabaseAddress address, DatabaseSupply supply, String owner) {
        this.supply = supply;
        this.owner = owner;
        setUrl(address.jdbcUrl());
    }

    /** Refuses further connections. */
    void close() {
        closed = true;
    }

    /** @throws IllegalStateException if the database was closed */
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        if (closed) {
            throw new IllegalStateException("The test database " + getDatabaseName() + " of " + owner
                    + " is closed. A test's database is closed when the test ends: take the one of the present test, or share one by"
                    + " Isolation.PER_CLASS.");
        }
        try {
            return super.getConnection(user, password);
        } catch (SQLException e) {
            if (!TOO_MANY_CONNECTIONS.equals(e.getSQLState())) {
                throw e;
            }
            throw new SQLException(
                    e.getMessage() + "\nConnections by database:\n  " + String.join("\n  ", supply.holders())
                            + "\nClose connections after use, make pools smaller, or let Spring cache fewer contexts"
                            + " (spring.test.context.cache.maxSize).",
                    e.getSQLState(),
                    e);
        }
    }
}
