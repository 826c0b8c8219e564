package io.promptforge.schema.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the rows of a query. */
public final class Rows {

    /** Makes a value of the current row. */
    public interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private Rows() {}

    /**
     * Reads all rows.
     *
     * @param parameters for the question marks of the query, in their order
     */
    public static <T> List<T> read(Connection connection, String sql, Mapper<T> mapper, Object... parameters)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            List<T> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(mapper.map(rows));
                }
            }
            return found;
        }
    }

    /** The first column of every row. */
    public static List<String> texts(Connection connection, String sql, Object... parameters) throws SQLException {
        return read(connection, sql, row -> row.getString(1), parameters);
    }
}
