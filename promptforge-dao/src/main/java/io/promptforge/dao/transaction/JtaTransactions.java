package io.promptforge.dao.transaction;

import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.RetryableException.Reason;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of JTA, which all connections of a DataSource that the transaction manager knows take part in. They have
 * autocommit off; one with autocommit on is of another DataSource. JTA is looked up by name: a class that names its types fails to
 * load in a host without them.
 *
 * @param status gets the status of the transaction of the calling thread, as {@code jakarta.transaction.Status} numbers it
 */
record JtaTransactions(MethodHandle status) implements HostTransactions {
    /** Where Jakarta EE requires it. */
    private static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";

    private static final String NARAYANA = "com.arjuna.ats.jta.TransactionManager";

    /** Committed, rolled back, and no transaction. */
    private static final Set<Integer> NOT_OPEN = Set.of(3, 4, 6);

    /** Empty without JTA. */
    static Optional<HostTransactions> find() {
        try {
            Object registry = registry();
            if (registry != null) {
                return Optional.of(of(registry, "TransactionSynchronizationRegistry", "getTransactionStatus"));
            }
            Object manager =
                    Class.forName(NARAYANA).getMethod("transactionManager").invoke(null);
            return Optional.of(of(manager, "TransactionManager", "getStatus"));
        } catch (ReflectiveOperationException | LinkageError notThere) {
            return Optional.empty();
        }
    }

    private static HostTransactions of(Object source, String type, String status) throws ReflectiveOperationException {
        Class<?> declaring = Class.forName(
                "jakarta.transaction." + type, false, source.getClass().getClassLoader());
        return new JtaTransactions(MethodHandles.publicLookup()
                .findVirtual(declaring, status, MethodType.methodType(int.class))
                .bindTo(source));
    }

    /** Null if there is none. */
    @SuppressWarnings("BanJNDI") // a fixed name of the server's own
    private static @Nullable Object registry() {
        try {
            return new InitialContext().lookup(REGISTRY);
        } catch (NamingException notThere) {
            return null;
        }
    }

    @Override
    public boolean include(Connection connection) {
        try {
            return isTransactionOpen() && !connection.getAutoCommit();
        } catch (SQLException e) {
            throw new RetryableException(Reason.NO_CONNECTION, "The connection was lost; try again.", e);
        }
    }

    private boolean isTransactionOpen() {
        try {
            return !NOT_OPEN.contains((int) status.invokeExact());
        } catch (Throwable e) {
            throw new IllegalStateException("JTA does not say whether a transaction is active", e);
        }
    }
}
