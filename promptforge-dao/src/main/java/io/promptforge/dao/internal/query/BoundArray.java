package io.promptforge.dao.internal.query;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * An array as a parameter of a statement.
 *
 * @param type the type of an element, by PostgreSQL's short name
 * @param values the elements, as the driver sends them; null for NULL
 */
public record BoundArray(String type, Object[] values) {
    /** Ids. */
    public static BoundArray of(UUID... ids) {
        return new BoundArray("uuid", ids);
    }

    /** The array for a statement of this connection. */
    public Array on(Connection connection) throws SQLException {
        return connection.createArrayOf(type, values);
    }
}
