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
 * Gives the tests of a class, and of the classes nested in it, a migrated PostgreSQL database.
 *
 * <pre>{@code
 * @PromptForgeTest
 * class PromptApiTest {
 *     @Test
 *     void publishes(Tenant tenant, Fixtures fixtures) { ... }
 * }
 * }</pre>
 *
 * <p>Tests, and methods that run before and after each, may have parameters of the types {@link
 * io.promptforge.seed.testkit.TestDatabase}, {@link javax.sql.DataSource}, {@link io.promptforge.dao.PromptForge},
 * {@link io.promptforge.dao.Tenant} (an organization that is there) and {@link io.promptforge.seed.fixture.Fixtures} (of
 * that organization), and a {@code String} with {@link JdbcUrl}. A test that has none costs nothing. Tests may run in
 * parallel.
 *
 * <p>With {@code -Dpromptforge.test.keep=failed} (or {@code PROMPTFORGE_TEST_KEEP}) the database of a test that fails is
 * kept, and how to connect to it is logged. Connections that a test leaves open are logged with its name.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PromptForgeExtension.class)
public @interface PromptForgeTest {
    /** Who shares a database. */
    Isolation isolation() default Isolation.PER_METHOD;

    /**
     * What the databases hold besides the migrated schema, in this order: {@link
     * io.promptforge.seed.testkit.DemoTemplate}, the host's own migrations, its tests' data.
     */
    Class<? extends TestTemplate>[] templates() default {};
}
