package io.promptforge.dao;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A pool of a single connection, which it does not reset, so that a test sees the settings that were left. */
final class OneConnection implements AutoCloseable {

    private final Connection connection;

    OneConnection(DataSource database, boolean autoCommit) throws SQLException {
        connection = database.getConnection();
        connection.setAutoCommit(autoCommit);
    }

    /** The connection itself, which the DataSource's users cannot close. */
    Connection connection() {
        return connection;
    }

    DataSource dataSource() {
        Connection kept = proxy(Connection.class, connection, "close", null);
        return proxy(DataSource.class, connection, "getConnection", kept);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static <T> T proxy(Class<T> type, Object target, String method, @Nullable Object answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        return answer;
                    }
                    try {
                        return called.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }));
    }
}
