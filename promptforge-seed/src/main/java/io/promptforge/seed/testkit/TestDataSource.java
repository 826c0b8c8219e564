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

    TestDataSource(DatabaseAddress address, DatabaseSupply supply) {
        this.supply = supply;
        setUrl(address.jdbcUrl());
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
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
