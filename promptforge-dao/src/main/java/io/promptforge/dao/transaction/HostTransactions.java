package io.promptforge.dao.transaction;

import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells whether a connection takes part in a transaction that the host manages. If it does, calls join that transaction: they
 * neither commit nor roll it back, and a call that fails is rolled back to a savepoint. If it does not, each call commits by
 * itself.
 *
 * <p>{@link #detected()} knows Spring and JTA. A host with other transactions passes an implementation of its own to {@code
 * PromptForgeSettings.hostTransactions}. Implementations are thread-safe.
 */
@FunctionalInterface
public interface HostTransactions {
    /**
     * Whether the connection takes part in a transaction of the host on the calling thread. Called once for each connection
     * that is taken from the DataSource, before its first statement. Must not change the connection.
     *
     * @throws io.promptforge.dao.error.RetryableException if the connection is lost
     */
    boolean include(Connection connection);

    /** No transactions: every call commits by itself. For a DataSource that the transaction manager does not know. */
    static HostTransactions none() {
        return connection -> false;
    }

    /**
     * The transactions of Spring and of JTA, as far as they are found:
     *
     * <ul>
     *   <li>Spring: connections of its {@code TransactionAwareDataSourceProxy}, while a transaction is active.
     *   <li>JTA: connections with autocommit off, while a transaction is active on the thread. JTA is found by the name {@code
     *       java:comp/TransactionSynchronizationRegistry} of Jakarta EE, or as Narayana, which Quarkus uses.
     * </ul>
     *
     * <p>A pool outside of JTA that returns connections with autocommit off needs {@link #none()} where JTA is used too.
     */
    static HostTransactions detected() {
        List<HostTransactions> found = Stream.of(SpringTransactions.find(), JtaTransactions.find())
                .flatMap(Optional::stream)
                .toList();
        return connection -> {
            for (HostTransactions transactions : found) {
                if (transactions.include(connection)) {
                    return true;
                }
            }
            return false;
        };
    }
}
