package io.promptforge.dao.internal.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement as JDBC runs it.
 *
 * @param text with question marks for its parameters
 * @param values of the parameters in their order, as JDBC takes them
 */
public record BoundText(String text, List<@Nullable Object> values) {
    /** Prepares the statement and binds the values. */
    public PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        try {
            for (int i = 0; i < values.size(); i++) {
                Object value = values.get(i);
                if (value instanceof BoundArray array) {
                    statement.setArray(i + 1, array.on(connection));
                } else {
                    statement.setObject(i + 1, value);
                }
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }
}
