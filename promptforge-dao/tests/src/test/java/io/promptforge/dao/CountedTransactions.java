package io.promptforge.dao;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * Counts the transactions and savepoints of a DataSource. A statement with autocommit is a transaction, but for the question whether
 * the role is confined, which is asked once.
 */
public final class CountedTransactions {

    private final DataSource dataSource;
    private final AtomicInteger transactions = new AtomicInteger();
    private final AtomicInteger savepoints = new AtomicInteger();

    public CountedTransactions(DataSource database) {
        this.dataSource = proxy(
                DataSource.class,
                database,
                (method, arguments, result) -> result instanceof Connection connection ? counted(connection) : result);
    }

    /** The DataSource to be used. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** How many have ended since the last call of this method. */
    public int transactions() {
        return transactions.getAndSet(0);
    }

    /** How many were set since the last call of this method. */
    public int savepoints() {
        return savepoints.getAndSet(0);
    }

    private Connection counted(Connection connection) {
        return proxy(Connection.class, connection, (method, arguments, result) -> {
            if (arguments == null && (method.equals("commit") || method.equals("rollback"))) {
                transactions.incrementAndGet();
            }
            return result instanceof PreparedStatement statement
                    ? counted(connection, PreparedStatement.class, statement)
                    : result instanceof Statement statement ? counted(connection, Statement.class, statement) : result;
        });
    }

    private <S extends Statement> S counted(Connection connection, Class<S> type, S statement) {
        Answer savepoint = (method, arguments, result) -> {
            if (arguments != null && arguments[0] instanceof String sql && sql.startsWith("SAVEPOINT")) {
                savepoints.incrementAndGet();
            }
            return result;
        };
        return proxy(type, statement, savepoint, (method, arguments) -> {
            if (method.startsWith("execute") && connection.getAutoCommit() && !isQuestion(arguments)) {
                transactions.incrementAndGet();
            }
        });
    }

    private static boolean isQuestion(Object[] arguments) {
        return arguments != null && arguments[0] instanceof String sql && sql.contains("row_security_active");
    }

    private static <T> T proxy(Class<T> type, T target, Answer answer) {
        return proxy(type, target, answer, (method, arguments) -> {});
    }

    private static <T> T proxy(Class<T> type, T target, Answer answer, Before before) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    before.calling(method.getName(), arguments);
                    try {
                        return answer.of(method.getName(), arguments, method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }));
    }

    private interface Answer {
        Object of(String method, Object[] arguments, Object result);
    }

    private interface Before {
        void calling(String method, Object[] arguments) throws SQLException;
    }
}
