package io.promptforge.dao.internal.query;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An array as a parameter of a statement. */
public final class BoundArray {
    private final String type;
    private final @Nullable Object[] values;

    /**
     * An array.
     *
     * @param type the type of an element, by PostgreSQL's short name
     * @param values the elements, in an array of the type that the driver knows for this; null for NULL
     */
    public BoundArray(String type, @Nullable Object[] values) {
        this.type = type;
        this.values = values;
    }

    /** Ids, each of which may be null. */
    public static BoundArray ofIds(Collection<? extends @Nullable UUID> ids) {
        return new BoundArray("uuid", ids.toArray(new UUID[0]));
    }

    /** The array for a statement of this connection. */
    public Array on(Connection connection) throws SQLException {
        return connection.createArrayOf(type, values);
    }
}
