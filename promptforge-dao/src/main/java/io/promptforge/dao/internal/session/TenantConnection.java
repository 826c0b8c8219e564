package io.promptforge.dao.internal.session;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose prepared statements are sent between two others, in one message: one before that sets the tenant and the actor,
 * and perhaps one behind. Both are invisible to its users, who have the parameters and the result of their own statement only.
 */
final class TenantConnection {
    private TenantConnection() {}

    /**
     * What is sent around each statement. Thread-safe.
     *
     * @param before a query with one row, and a semicolon
     * @param after begins with a semicolon, or is empty
     * @param texts those that were asked for, by the text of the statement: the driver finds a known string faster than a new one
     */
    record SentAround(String before, String after, Map<String, String> texts) {
        private static final int MOST_TEXTS = 1_000;

        SentAround(String before, String after) {
            this(before, after, new ConcurrentHashMap<>());
        }

        String of(String statement) {
            String known = texts.get(statement);
            if (known != null) {
                return known;
            }
            if (texts.size() >= MOST_TEXTS) {
                texts.clear();
            }
            String text = before + statement + after;
            texts.put(statement, text);
            return text;
        }
    }

    /**
     * A view of a connection.
     *
     * @param values the parameters of the query before each statement
     */
    static Connection over(Connection connection, SentAround around, List<String> values) {
        return proxy(Connection.class, (self, method, arguments) -> {
            if (arguments == null || !method.getName().equals("prepareStatement")) {
                return call(method, connection, arguments);
            }
            Object[] wrapped = arguments.clone();
            wrapped[0] = around.of((String) arguments[0]);
            return proxy(
                    PreparedStatement.class,
                    new Statement(
                            (PreparedStatement) Objects.requireNonNull(call(method, connection, wrapped)), values));
        });
    }

    /** The parameters of the user's statement come behind those of the first, and its result behind the row of the first. */
    private record Statement(PreparedStatement statement, List<String> values) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
            return switch (method.getName()) {
                case "execute" -> execute();
                case "executeQuery" -> {
                    execute();
                    yield statement.getResultSet();
                }
                case "executeUpdate" -> {
                    execute();
                    yield statement.getUpdateCount();
                }
                default ->
                    call(
                            method,
                            statement,
                            arguments != null && isOfParameter(method) ? behindValues(arguments) : arguments);
            };
        }

        private boolean execute() throws SQLException {
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            statement.execute();
            return statement.getMoreResults();
        }

        private static boolean isOfParameter(Method method) {
            return method.getName().startsWith("set")
                    && method.getParameterCount() >= 2
                    && method.getParameterTypes()[0] == int.class;
        }

        private Object[] behindValues(Object[] arguments) {
            Object[] moved = arguments.clone();
            moved[0] = (Integer) arguments[0] + values.size();
            return moved;
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(TenantConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Method method, Object target, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
