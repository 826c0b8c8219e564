package io.promptforge.seed.junit;

import io.promptforge.seed.testkit.DatabaseTemplate;
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
 * <p>Tests, {@code @BeforeEach} and {@code @AfterEach} methods and constructors can have parameters of these types, and the
 * class can have fields of them that are marked with {@link Provided}: {@link io.promptforge.seed.testkit.TestDatabase}, {@link
 * javax.sql.DataSource}, {@link io.promptforge.dao.PromptForge}, {@link io.promptforge.dao.Tenant} (of an existing
 * organization), {@link io.promptforge.seed.fixture.Fixtures} (of that tenant), and {@code String} with {@link JdbcUrl}. A test
 * without them creates no database. Tests can run in parallel.
 *
 * <p>The innermost annotation applies: that of the class before that of its meta-annotations, interfaces and base class, and all
 * of these before that of an enclosing class. An annotation that names no templates has those of the next one that does.
 *
 * <p>With {@code -Dpromptforge.test.keep=failed} or {@code PROMPTFORGE_TEST_KEEP=failed} the database of a failed test or class
 * is kept, and how to connect to it is logged. Connections that a test leaves open are logged as warnings with its name, and
 * ended.
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
     * io.promptforge.seed.testkit.DemoTemplate}, the host's own migrations, data for its tests. Without any, those of the next
     * annotation, of a base class or an enclosing class, apply.
     */
    Class<? extends DatabaseTemplate>[] templates() default {};
}
