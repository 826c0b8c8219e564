package io.promptforge.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** A data source that counts connections and statements, and records in which state connections are returned. */
final class ObservedDataSource {

    private final DataSource database;
    private final boolean autoCommit;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger statements = new AtomicInteger();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    ObservedDataSource(DataSource database, boolean autoCommit) {
        this.database = database;
        this.autoCommit = autoCommit;
    }

    DataSource dataSource() {
        return proxy(
                DataSource.class,
                database,
                (method, arguments) -> method.getName().equals("getConnection")
                        ? watched((Connection) invoke(database, method, arguments))
                        : invoke(database, method, arguments));
    }

    int opened() {
        return opened.get();
    }

    int stillOpen() {
        return open.get();
    }

    int statements() {
        return statements.get();
    }

    /** The differences between the states in which connections were taken and returned. */
    List<String> complaints() {
        return complaints;
    }

    private Connection watched(Connection connection) throws SQLException {
        String before = settings(connection);
        connection.setAutoCommit(autoCommit);
        opened.incrementAndGet();
        open.incrementAndGet();
        return proxy(Connection.class, connection, (method, arguments) -> {
            if (method.getName().equals("close")) {
                open.decrementAndGet();
                inspect(connection, before);
            } else if (method.getName().equals("createStatement")
                    || method.getName().equals("prepareStatement")) {
                statements.incrementAndGet();
            }
            return invoke(connection, method, arguments);
        });
    }

    private void inspect(Connection connection, String before) throws SQLException {
        if (connection.getAutoCommit() != autoCommit) {
            complaints.add("autocommit is " + connection.getAutoCommit());
        }
        if (connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE) {
            complaints.add("a transaction is open");
            connection.rollback();
        }
        connection.setAutoCommit(true);
        String after = settings(connection);
        if (!after.equals(before)) {
            complaints.add(before + " became " + after);
        }
    }

    private static String settings(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_setting('search_path') || ', zone '"
                        + " || current_setting('TimeZone') || ', role ' || current_user")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private interface Call {
        Object on(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T target, Call call) {
        return type.cast(Proxy.newProxyInstance(
                target.getClass().getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call.on(method, arguments)));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
