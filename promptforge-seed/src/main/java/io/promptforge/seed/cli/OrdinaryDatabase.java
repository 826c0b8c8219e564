package io.promptforge.seed.cli;

import io.promptforge.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A database of an embedded server that belongs to an ordinary role, as in production. */
final class OrdinaryDatabase {
    /** The name of the role and of the database. */
    private static final String NAME = "promptforge";

    private OrdinaryDatabase() {}

    /** Makes role and database, the first time. */
    static void make(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.dataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            if (isEmpty(statement, "SELECT FROM pg_roles WHERE rolname = '" + NAME + "'")) {
                statement.execute("CREATE ROLE " + NAME + " LOGIN");
            }
            if (isEmpty(statement, "SELECT FROM pg_database WHERE datname = '" + NAME + "'")) {
                statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
            }
        }
    }

    private static boolean isEmpty(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return !rows.next();
        }
    }
}
