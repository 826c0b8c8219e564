package io.promptforge.dao.transaction;

import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.RetryableException.Reason;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The transactions of JTA, which all connections of a DataSource that the transaction manager knows take part in. They have
 * autocommit off; one with autocommit on is of another DataSource.
 *
 * @param status the status of the transaction of the calling thread
 */
record JtaTransactions(TransactionStatus status) implements HostTransactions {
    /** Where Jakarta EE requires it. */
    private static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";

    private static final String NARAYANA = "com.arjuna.ats.jta.TransactionManager";

    interface TransactionStatus {
        int get() throws SystemException;
    }

    /** Empty without JTA's API, which the library does not depend on at run time. */
    static Optional<HostTransactions> find() {
        try {
            return registry().or(JtaTransactions::narayana).map(JtaTransactions::new);
        } catch (LinkageError withoutJta) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("BanJNDI") // a fixed name of the server's own
    private static Optional<TransactionStatus> registry() {
        try {
            return new InitialContext().lookup(REGISTRY) instanceof TransactionSynchronizationRegistry registry
                    ? Optional.of(registry::getTransactionStatus)
                    : Optional.empty();
        } catch (NamingException notThere) {
            return Optional.empty();
        }
    }

    private static Optional<TransactionStatus> narayana() {
        try {
            Object manager =
                    Class.forName(NARAYANA).getMethod("transactionManager").invoke(null);
            return manager instanceof TransactionManager found ? Optional.of(found::getStatus) : Optional.empty();
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException notThere) {
            return Optional.empty();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Narayana has no transaction manager", e);
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
            return switch (status.get()) {
                case Status.STATUS_NO_TRANSACTION, Status.STATUS_COMMITTED, Status.STATUS_ROLLEDBACK -> false;
                default -> true;
            };
        } catch (SystemException e) {
            throw new IllegalStateException("JTA does not say whether a transaction is active", e);
        }
    }
}
