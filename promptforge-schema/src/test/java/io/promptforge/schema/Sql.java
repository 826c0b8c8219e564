package io.promptforge.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Runs plain SQL in tests. */
public final class Sql {

    private Sql() {}

    /** Runs the statements one by one. */
    public static void run(DataSource database, String... statements) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Runs the statement in the transaction of this connection. */
    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of every row, as text; of several statements, that of the first query. */
    public static List<String> column(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            boolean isQuery = statement.execute(sql);
            while (!isQuery) {
                isQuery = statement.getMoreResults();
            }
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    values.add(String.valueOf(rows.getString(1)));
                }
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The versions in the history of the schema, in the order in which they were applied. */
    public static List<String> history(DataSource database, String schema) {
        return column(
                database,
                "SELECT version FROM " + schema
                        + ".flyway_schema_history WHERE version IS NOT NULL ORDER BY installed_rank");
    }

    /** The tables that the scripts create, without partitions. */
    public static List<String> modelTables(DataSource database, String schema) {
        return tables(database, schema).stream()
                .filter(table -> !table.equals(History.TABLE))
                .toList();
    }

    /** The tables of the schema, without partitions. */
    static List<String> tables(DataSource database, String schema) {
        return column(
                database,
                "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace ="
                        + " (SELECT oid FROM pg_namespace WHERE nspname = '" + schema + "') ORDER BY 1");
    }
}
