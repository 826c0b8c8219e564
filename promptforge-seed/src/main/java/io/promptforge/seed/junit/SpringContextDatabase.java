package io.promptforge.seed.junit;

import io.promptforge.seed.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * The database of an application context. Its PromptForge, tenant and fixtures use the context's DataSource, so that they take
 * part in a test's transaction. Also a bean of type TestDatabase.
 */
final class SpringContextDatabase {
    private static final String NAME = "promptForgeTestDatabase";

    private final TransactionAwareDataSourceProxy proxy = new TransactionAwareDataSourceProxy();
    private final TestDatabase created;
    private final TestDatabase database;

    /** Held by a test while it runs, because tests at once would see each other's data. */
    private final ReentrantLock test = new ReentrantLock();

    private boolean ready;

    private SpringContextDatabase(TestDatabase created) {
        this.created = created;
        this.database = created.over(proxy);
    }

    /** Registered before all beans, and so closed after all of them. */
    static void register(DefaultListableBeanFactory beans, TestDatabase created) {
        SpringContextDatabase added = new SpringContextDatabase(created);
        beans.registerSingleton(NAME, added.database);
        beans.registerSingleton(SpringContextDatabase.class.getName(), added);
        beans.registerDisposableBean(NAME, created::close);
    }

    /** The database itself, also of a context that has failed. */
    static Optional<TestDatabase> created(BeanFactory beans) {
        return beans.containsBean(SpringContextDatabase.class.getName())
                ? Optional.of(beans.getBean(SpringContextDatabase.class.getName(), SpringContextDatabase.class).created)
                : Optional.empty();
    }

    static SpringContextDatabase of(ApplicationContext context) {
        return context.getBean(SpringContextDatabase.class);
    }

    /** Remembers the content that the application has made when it started, the first time. */
    synchronized TestDatabase ready(ApplicationContext context) {
        if (!ready) {
            proxy.setTargetDataSource(dataSource(context));
            database.snapshot();
            ready = true;
        }
        return database;
    }

    private DataSource dataSource(ApplicationContext context) {
        if (BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context, DataSource.class).length == 0) {
            return created.dataSource();
        }
        DataSource own = context.getBeanProvider(DataSource.class).getIfUnique(() -> {
            throw new ExtensionConfigurationException(
                    "@PromptForgeTest needs one DataSource in the application context, or a"
                            + " primary one, with the URL in the property spring.datasource.url.");
        });
        try (Connection connection = own.getConnection()) {
            if (!database.name().equals(connection.getCatalog())) {
                throw new ExtensionConfigurationException("The DataSource of the application context is connected to "
                        + connection.getMetaData().getURL()
                        + " and not to the test's database. It must use the property spring.datasource.url.");
            }
            return own;
        } catch (SQLException e) {
            throw new ExtensionConfigurationException(
                    "The DataSource of the application context gives no connection: " + e.getMessage(), e);
        }
    }

    void begin() {
        test.lock();
    }

    void end() {
        if (test.isHeldByCurrentThread()) {
            test.unlock();
        }
    }

    void restore() {
        database.restore();
    }

    /** After a test whose data stays, unless its transaction was rolled back. */
    void forgetParents() {
        database.forgetParents();
    }
}
