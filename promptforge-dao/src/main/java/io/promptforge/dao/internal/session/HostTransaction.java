package io.promptforge.dao.internal.session;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Tells whether a connection is part of a transaction that Spring manages, as those of its {@code TransactionAwareDataSourceProxy}
 * are: the library must not commit it. Autocommit alone does not tell, since some pools return every connection with autocommit
 * off. Spring is looked up by name, so that the library does not depend on it.
 */
final class HostTransaction {
    private static final Optional<Spring> SPRING = Spring.find();

    private HostTransaction() {}

    static boolean isOpenOn(Connection connection) throws SQLException {
        return SPRING.isPresent()
                && !connection.getAutoCommit()
                && connection.isWrapperFor(SPRING.get().connectionProxy())
                && SPRING.get().isTransactionActive();
    }

    /**
     * The parts of Spring that are used.
     *
     * @param connectionProxy the type of the connections of Spring's DataSource proxies
     * @param activity tells whether the calling thread is in a transaction
     */
    private record Spring(Class<?> connectionProxy, MethodHandle activity) {
        static Optional<Spring> find() {
            try {
                Class<?> proxy = Class.forName("org.springframework.jdbc.datasource.ConnectionProxy");
                Class<?> manager = Class.forName(
                        "org.springframework.transaction.support.TransactionSynchronizationManager",
                        true,
                        proxy.getClassLoader());
                return Optional.of(new Spring(
                        proxy,
                        MethodHandles.publicLookup()
                                .findStatic(
                                        manager, "isActualTransactionActive", MethodType.methodType(boolean.class))));
            } catch (ReflectiveOperationException | LinkageError e) {
                return Optional.empty();
            }
        }

        boolean isTransactionActive() {
            try {
                return (boolean) activity.invokeExact();
            } catch (Throwable e) {
                throw new IllegalStateException("Spring does not say whether a transaction is active", e);
            }
        }
    }
}
