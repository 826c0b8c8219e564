package io.promptforge.dao.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import io.promptforge.dao.ClassDatabase;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Which transactions are found in hosts that have other libraries than these tests. */
class DetectedTransactionsTest {
    private static final List<String> NARAYANA_AND_SPRING = List.of("com.arjuna.", "org.springframework.");
    private static final List<String> ALL = List.of("jakarta.transaction.", "com.arjuna.", "org.springframework.");

    @Test
    void aHostWithoutJtaAndSpringCommitsByItself() throws Exception {
        assertThat(isJoined(ALL)).isFalse();
    }

    @Test
    void narayanaIsFound() throws Exception {
        assertThat(isJoined(List.of())).isTrue();
    }

    @Test
    void jtaIsFoundByItsNameInJndi() throws Exception {
        assertThat(isJoined(NARAYANA_AND_SPRING)).isFalse();

        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Naming.class.getName());
        try {
            assertThat(isJoined(NARAYANA_AND_SPRING)).isTrue();
        } finally {
            System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
        }
    }

    /** Whether the library joins a transaction that is open on this thread, if these packages are not on its class path. */
    private static boolean isJoined(List<String> missing) throws Exception {
        try (URLClassLoader host = new Host(missing);
                Connection connection = ClassDatabase.empty().dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Class<?> narayana =
                    missing.isEmpty() ? host.loadClass(TransactionManager.class.getName()) : TransactionManager.class;
            Object manager = narayana.getMethod("transactionManager").invoke(null);
            manager.getClass().getMethod("begin").invoke(manager);
            try {
                Class<?> type = host.loadClass(HostTransactions.class.getName());
                Object detected = type.getMethod("detected").invoke(null);
                return (boolean) type.getMethod("include", Connection.class).invoke(detected, connection);
            } finally {
                manager.getClass().getMethod("rollback").invoke(manager);
            }
        }
    }

    /** Names the transactions of this thread as servers of Jakarta EE do. */
    public static final class Naming implements InitialContextFactory {
        @Override
        public Context getInitialContext(java.util.Hashtable<?, ?> environment) throws NamingException {
            return new InitialContext(true) {
                @Override
                public Object lookup(String name) throws NamingException {
                    if (name.equals("java:comp/TransactionSynchronizationRegistry")) {
                        return new TransactionSynchronizationRegistryImple();
                    }
                    throw new NamingException(name);
                }
            };
        }
    }

    /** Loads the library again. */
    private static final class Host extends URLClassLoader {
        private final List<String> missing;

        Host(List<String> missing) {
            super(classPath(), DataSource.class.getClassLoader());
            this.missing = missing;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (missing.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(entry -> {
                        try {
                            return Path.of(entry).toUri().toURL();
                        } catch (MalformedURLException e) {
                            throw new IllegalArgumentException(e);
                        }
                    })
                    .toArray(URL[]::new);
        }
    }
}
