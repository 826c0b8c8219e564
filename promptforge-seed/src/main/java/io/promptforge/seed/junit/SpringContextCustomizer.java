package io.promptforge.seed.junit;

import io.promptforge.seed.testkit.DatabaseTemplate;
import io.promptforge.seed.testkit.TestDatabase;
import io.promptforge.seed.testkit.TestDatabases;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Creates the database of an application context, as its {@code spring.datasource.url}. Equal ones share a context, because
 * Spring's cache compares them.
 *
 * @param templates those of the database
 * @param apart a class whose context is shared with no other class; empty for most
 */
record SpringContextCustomizer(List<Class<? extends DatabaseTemplate>> templates, Optional<Class<?>> apart)
        implements ContextCustomizer {
    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        if (configuration.getParent() != null) {
            return; // the parent has the database, and its properties are this context's as well
        }
        TestDatabase created = TestDatabases.ofClasses(templates)
                .create("the application context of "
                        + configuration.getTestClass().getSimpleName());
        Map<String, Object> properties = new TreeMap<>(created.properties());
        // Otherwise tests of a slice, such as @JdbcTest, would replace the DataSource.
        properties.put("spring.test.database.replace", "none");
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("PromptForgeTest", properties));
        SpringContextDatabase.register((DefaultListableBeanFactory) context.getBeanFactory(), created);
    }
}
