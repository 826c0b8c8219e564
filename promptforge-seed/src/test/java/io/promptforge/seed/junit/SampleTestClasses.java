package io.promptforge.seed.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.seed.Sql;
import io.promptforge.seed.demo.DemoData;
import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.testkit.DemoTemplate;
import io.promptforge.seed.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test classes of a host, run by {@link PromptForgeTestTest}. */
final class SampleTestClasses {
    /** The names of the databases that the tests received. */
    static final Set<String> DATABASES = ConcurrentHashMap.newKeySet();

    private static final String PROJECTS = "SELECT count(*) FROM promptforge.projects";

    private SampleTestClasses() {}

    @PromptForgeTest
    static class Everything {
        @Test
        void isTheSameDatabase(
                TestDatabase database,
                DataSource dataSource,
                PromptForge forge,
                Tenant tenant,
                Fixtures fixtures,
                @JdbcUrl String url)
                throws SQLException {
            Project project = fixtures.project().create();

            assertThat(tenant.projects().find(project.id())).contains(project);

            assertThat(Sql.value(dataSource, "SELECT current_database()")).isEqualTo(database.name());
            assertThat(forge.organizations().find(tenant.organizationId())).isPresent();
            try (Connection connection = DriverManager.getConnection(url)) {
                assertThat(connection.getCatalog()).isEqualTo(database.name());
            }
        }
    }

    @PromptForgeTest
    static class OneForEachMethod {
        private final List<String> before = new ArrayList<>();

        @BeforeEach
        void sharesItWithTheTest(TestDatabase database) {
            before.add(database.name());
        }

        @Test
        void one(TestDatabase database, Tenant tenant) throws SQLException {
            use(database, tenant);
        }

        @RepeatedTest(2)
        void repeated(TestDatabase database, Tenant tenant) throws SQLException {
            use(database, tenant);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "b"})
        void parameterized(String argument, TestDatabase database, Tenant tenant) throws SQLException {
            assertThat(argument).isIn("a", "b");
            use(database, tenant);
        }

        @Nested
        class Inside {
            @Test
            void nested(TestDatabase database, Tenant tenant) throws SQLException {
                use(database, tenant);
            }
        }

        private void use(TestDatabase database, Tenant tenant) throws SQLException {
            assertThat(before).containsExactly(database.name());
            assertThat(Sql.value(database.dataSource(), PROJECTS)).isEqualTo("0");
            tenant.projects().create(NewProject.of("Support"));
            DATABASES.add(database.name());
        }
    }

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    static class OneForTheClass {
        @BeforeAll
        static void fill(TestDatabase database, Tenant tenant) {
            tenant.projects().create(NewProject.of("Support"));
            DATABASES.add(database.name());
        }

        @Test
        void one(TestDatabase database) throws SQLException {
            use(database);
        }

        @Test
        void two(TestDatabase database) throws SQLException {
            use(database);
        }

        @Nested
        class Inside {
            @Test
            void nested(TestDatabase database) throws SQLException {
                use(database);
            }
        }

        private static void use(TestDatabase database) throws SQLException {
            assertThat(Sql.value(database.dataSource(), PROJECTS)).isEqualTo("1");
            DATABASES.add(database.name());
        }
    }

    @PromptForgeTest(isolation = Isolation.SHARED_READ_ONLY, templates = DemoTemplate.class)
    static class OneForReaders {
        @Test
        void reads(PromptForge forge, TestDatabase database) {
            assertThat(forge.organizations().findBySlug(DemoData.ORGANIZATION)).isPresent();
            DATABASES.add(database.name());
        }

        @Test
        void doesNotWrite(Tenant tenant) {
            assertThatThrownBy(() -> tenant.projects().create(NewProject.of("Support")))
                    .hasStackTraceContaining("read-only transaction");
        }
    }

    /** Inherits the annotation. */
    static class OtherReaders extends OneForReaders {}

    @PromptForgeTest
    static class Parallel {
        @RepeatedTest(24)
        void one(TestDatabase database, Tenant tenant) throws SQLException {
            tenant.projects().create(NewProject.of("Support"));
            assertThat(Sql.value(database.dataSource(), PROJECTS)).isEqualTo("1");
            DATABASES.add(database.name());
        }
    }

    @PromptForgeTest
    static class Leaking {
        private static final List<Connection> FORGOTTEN = new ArrayList<>();

        @Test
        void forgets(DataSource dataSource) throws SQLException {
            FORGOTTEN.add(dataSource.getConnection());
        }

        static void close() throws SQLException {
            for (Connection connection : FORGOTTEN) {
                connection.close();
            }
        }
    }

    @PromptForgeTest
    static class Failing {
        @Test
        void succeeds(TestDatabase database) {
            assertThat(database.name()).isNotEmpty();
        }

        @Test
        void isAborted(TestDatabase database) {
            abort("not with " + database);
        }

        @Test
        void fails(TestDatabase database) {
            DATABASES.add(database.name());
            fail("on purpose");
        }

        @Nested
        class Afterwards {
            @AfterEach
            void fails(TestDatabase database) {
                DATABASES.add(database.name());
                fail("on purpose");
            }

            @Test
            void succeedsItself() {}
        }
    }

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    static class FailingBeforeAll {
        @BeforeAll
        static void fails(TestDatabase database) {
            DATABASES.add(database.name());
            fail("on purpose");
        }

        @Test
        void never() {}
    }

    @PromptForgeTest
    static class FailingConstructor {
        FailingConstructor(TestDatabase database) {
            DATABASES.add(database.name());
            fail("on purpose");
        }

        @Test
        void never() {}
    }
}
