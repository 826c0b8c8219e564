package io.promptforge.dao.transaction;

import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.RetryableException.Reason;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The transactions of Spring, which the connections of its DataSource proxies take part in. Spring is looked up by name, so that
 * the library does not depend on it.
 *
 * @param connectionProxy the type of the connections of Spring's DataSource proxies
 * @param activity tells whether the calling thread is in a transaction
 */
record SpringTransactions(Class<?> connectionProxy, MethodHandle activity) implements HostTransactions {
    static Optional<HostTransactions> find() {
        try {
            Class<?> proxy = Class.forName("org.springframework.jdbc.datasource.ConnectionProxy");
            Class<?> manager = Class.forName(
                    "org.springframework.transaction.support.TransactionSynchronizationManager",
                    true,
                    proxy.getClassLoader());
            return Optional.of(new SpringTransactions(
                    proxy,
                    MethodHandles.publicLookup()
                            .findStatic(manager, "isActualTransactionActive", MethodType.methodType(boolean.class))));
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean include(Connection connection) {
        try {
            return !connection.getAutoCommit() && connection.isWrapperFor(connectionProxy) && isTransactionActive();
        } catch (SQLException e) {
            throw new RetryableException(Reason.NO_CONNECTION, "The connection was lost; try again.", e);
        }
    }

    private boolean isTransactionActive() {
        try {
            return (boolean) activity.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("Spring does not say whether a transaction is active", e);
        }
    }
}
