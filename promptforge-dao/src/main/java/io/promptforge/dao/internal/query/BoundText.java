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
record BoundText(String text, List<@Nullable Object> values) {
    /** Prepares the statement and binds the values. */
    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        try {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }
}
