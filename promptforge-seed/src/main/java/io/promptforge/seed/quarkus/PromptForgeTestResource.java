package io.promptforge.seed.quarkus;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.junit.Provided;
import io.promptforge.seed.testkit.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The default DataSource of a Quarkus application under test: a migrated database, whose content is restored before each test.
 *
 * <pre>{@code
 * @QuarkusTest
 * @QuarkusTestResource(PromptForgeTestResource.class)
 * class ReleaseDeskTest {
 *     @Provided
 *     Fixtures fixtures;
 *     ...
 * }
 * }</pre>
 *
 * <p>Fields that are marked with {@link Provided} receive a {@link TestDatabase}, its {@link PromptForge}, its
 * {@link Tenant} or its {@link Fixtures}. They use the application's DataSource, so
 * that they take part in the transactions of {@code @TestTransaction} and {@code QuarkusTransaction}.
 */
public class PromptForgeTestResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable TestDatabase created;
    private @Nullable TestDatabase database;

    /** Creates the resource. */
    public PromptForgeTestResource() {}

    @Override
    public Map<String, String> start() {
        TestDatabase started = TestDatabase.create();
        created = started;
        return Map.of(
                "quarkus.datasource.jdbc.url", started.jdbcUrl(),
                "quarkus.datasource.username", started.user(),
                "quarkus.datasource.password", started.password());
    }

    /** Called for each instance of a test class, when the application runs. */
    @Override
    public void inject(TestInjector fields) {
        TestDatabase clean = restored();
        provide(fields, clean, TestDatabase.class);
        provide(fields, clean.promptForge(), PromptForge.class);
        provide(fields, clean.tenant(), Tenant.class);
        provide(fields, clean.fixtures(), Fixtures.class);
    }

    /** The first test has the content that the application made when it started; later ones have the same. */
    private TestDatabase restored() {
        TestDatabase present = database;
        if (present == null) {
            present = Objects.requireNonNull(created)
                    .over(CDI.current().select(DataSource.class).get());
            present.snapshot();
            database = present;
        } else {
            present.restore();
        }
        return present;
    }

    private static void provide(TestInjector fields, Object value, Class<?> type) {
        fields.injectIntoFields(value, field -> field.isAnnotationPresent(Provided.class) && field.getType() == type);
    }

    @Override
    public void stop() {
        if (created != null) {
            created.close();
        }
    }
}
