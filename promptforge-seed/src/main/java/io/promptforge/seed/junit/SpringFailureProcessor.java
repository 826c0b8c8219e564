package io.promptforge.seed.junit;

import io.promptforge.seed.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ApplicationContextFailureProcessor;

/**
 * Adds to the failure of an application context who holds the server's connections, if that is the reason. Found by Spring in
 * {@code spring.factories}.
 */
final class SpringFailureProcessor implements ApplicationContextFailureProcessor {
    @Override
    public void processLoadFailure(ApplicationContext context, Throwable failure) {
        BeanFactory beans = ((ConfigurableApplicationContext) context).getBeanFactory();
        SpringContextDatabase.created(beans).ifPresent(database -> explain(database, failure));
    }

    /** The test kit's own DataSource says it. */
    private static void explain(TestDatabase database, Throwable failure) {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.isClosed();
        } catch (SQLException refused) {
            failure.addSuppressed(refused);
        }
    }
}
