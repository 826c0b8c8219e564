package io.promptforge.seed.junit;

import io.promptforge.seed.testkit.TestTemplate;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Provides the tests of a class and its nested classes with migrated PostgreSQL databases.
 *
 * <pre>{@code
 * @PromptForgeTest
 * class PromptApiTest {
 *     @Test
 *     void publishes(Tenant tenant, Fixtures fixtures) { ... }
 * }
 * }</pre>
 *
 * <p>Tests, {@code @BeforeEach} and {@code @AfterEach} methods can have parameters of these types: {@link
 * io.promptforge.seed.testkit.TestDatabase}, {@link javax.sql.DataSource}, {@link io.promptforge.dao.PromptForge},
 * {@link io.promptforge.dao.Tenant} (of an existing organization), {@link io.promptforge.seed.fixture.Fixtures} (of that
 * tenant), and {@code String} with {@link JdbcUrl}. A test without such parameters creates no database. Tests can run in
 * parallel.
 *
 * <p>With {@code -Dpromptforge.test.keep=failed} or {@code PROMPTFORGE_TEST_KEEP=failed} the database of a failed test is
 * kept, and how to connect to it is logged. Connections that a test leaves open are logged as warnings with its name.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PromptForgeExtension.class)
public @interface PromptForgeTest {
    /** Which tests share a database. */
    Isolation isolation() default Isolation.PER_METHOD;

    /**
     * The templates that add content to the databases, prepared in this order: {@link
     * io.promptforge.seed.testkit.DemoTemplate}, the host's own migrations, data for its tests.
     */
    Class<? extends TestTemplate>[] templates() default {};
}
