package io.promptforge.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * Connections that share a few server connections, as behind PgBouncer in transaction mode: one has a server connection from the
 * first statement of a transaction to its end, and waits when all are taken.
 */
final class TransactionPooler {

    private static final Set<String> ENDS = Set.of("commit", "rollback", "close", "abort");

    private final DataSource database;
    private final Semaphore serverConnections;

    TransactionPooler(DataSource database, int serverConnections) {
        this.database = database;
        this.serverConnections = new Semaphore(serverConnections, true);
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (method, arguments) -> {
            Object result = method.call(database, arguments);
            return result instanceof Connection connection ? pooled(connection) : result;
        });
    }

    private Connection pooled(Connection connection) {
        AtomicBoolean served = new AtomicBoolean();
        return proxy(Connection.class, (method, arguments) -> {
            Object result = method.call(connection, arguments);
            boolean ended = ENDS.contains(method.name())
                    && (arguments == null || method.name().equals("abort"));
            if (ended || (method.name().equals("setAutoCommit") && connection.getAutoCommit())) {
                release(served);
            }
            return result instanceof Statement statement
                    ? pooled(method.returned(), statement, connection, served)
                    : result;
        });
    }

    private Object pooled(Class<?> type, Statement statement, Connection connection, AtomicBoolean served) {
        return proxy(type, (method, arguments) -> {
            if (!method.name().startsWith("execute")) {
                return method.call(statement, arguments);
            }
            acquire(served);
            try {
                return method.call(statement, arguments);
            } finally {
                if (connection.getAutoCommit()) {
                    release(served);
                }
            }
        });
    }

    private void acquire(AtomicBoolean served) throws SQLException, InterruptedException {
        if (!served.get()) {
            if (!serverConnections.tryAcquire(60, TimeUnit.SECONDS)) {
                throw new SQLException("query_wait_timeout", "08P01");
            }
            served.set(true);
        }
    }

    private void release(AtomicBoolean served) {
        if (served.getAndSet(false)) {
            serverConnections.release();
        }
    }

    private interface Answer {
        Object to(Method method, Object[] arguments) throws Throwable;
    }

    private record Method(java.lang.reflect.Method reflected) {

        String name() {
            return reflected.getName();
        }

        Class<?> returned() {
            return reflected.getReturnType();
        }

        Object call(Object target, Object[] arguments) throws Throwable {
            try {
                return reflected.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                TransactionPooler.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(new Method(method), arguments)));
    }
}
