package io.promptforge.seed.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.project.ProjectFilter;
import io.promptforge.seed.Sql;
import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.testkit.TestDatabase;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.TestExecutionListeners;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.test.context.support.DependencyInjectionTestExecutionListener;
import org.springframework.test.context.transaction.AfterTransaction;
import org.springframework.transaction.annotation.Transactional;

/** Test classes with an application context, run by {@link SpringPromptForgeTestTest}. */
@SuppressWarnings("NullAway.Init")
final class SpringSamples {
    private static final String PROJECTS = "SELECT count(*) FROM promptforge.projects";

    private SpringSamples() {}

    /** Tests that write, and find the content of the start. */
    abstract static class Writing {
        @Autowired
        JdbcTemplate jdbc;

        void writes(TestDatabase database, Fixtures fixtures) {
            assertThat(jdbc.queryForList("SELECT id || ' ' || text FROM notes", String.class))
                    .containsExactly("1 from the start");
            assertThat(jdbc.queryForObject(PROJECTS, String.class)).isEqualTo("0");
            assertThat(jdbc.queryForObject("SELECT current_database()", String.class))
                    .isEqualTo(database.name());
            jdbc.execute("UPDATE notes SET text = 'edited'");
            assertThat(jdbc.queryForObject("INSERT INTO notes (text) VALUES ('new') RETURNING id", Integer.class))
                    .isEqualTo(2);
            jdbc.execute("CREATE TABLE made_by_a_test (id int)");
            fixtures.prompt().withVersions(2).deployedTo("production").create();
            fixtures.trace().create();
        }
    }

    @SpringJUnitConfig(SpringApplicationConfiguration.class)
    @PromptForgeTest
    static class First extends Writing {
        @Provided
        private Tenant tenant;

        @RepeatedTest(3)
        void test(TestDatabase database, Fixtures fixtures) {
            writes(database, fixtures);
            assertThat(tenant).isSameAs(fixtures.tenant());
            assertThat(tenant.projects().count(ProjectFilter.all())).isEqualTo(1);
        }

        @Nested
        class Inside {
            @Test
            void test(TestDatabase database, Fixtures fixtures) {
                writes(database, fixtures);
            }
        }
    }

    @PromptForgeTest
    @SpringJUnitConfig(SpringApplicationConfiguration.class)
    static class Second extends Writing {
        @Test
        void test(TestDatabase database, Fixtures fixtures, @Autowired TestDatabase bean) {
            assertThat(bean).isSameAs(database);
            writes(database, fixtures);
        }
    }

    @SpringJUnitConfig(SpringApplicationConfiguration.class)
    @PromptForgeTest
    @Transactional
    static class InATransaction {
        @Provided
        private TestDatabase database;

        @RepeatedTest(2)
        void fixturesTakePart(PromptForge forge, Tenant tenant, Fixtures fixtures, DataSource dataSource)
                throws SQLException {
            fixtures.prompt().create();

            assertThat(tenant.projects().count(ProjectFilter.all())).isEqualTo(1);
            assertThat(forge.tenant(tenant.organizationId()).projects().count(ProjectFilter.all()))
                    .isEqualTo(1);
            assertThat(Sql.value(dataSource, PROJECTS)).isEqualTo("1");
            assertThat(committed(PROJECTS)).isEqualTo("0");
        }

        @AfterTransaction
        void nothingIsCommitted() {
            assertThat(committed(PROJECTS)).isEqualTo("0");
        }

        private String committed(String question) {
            return Sql.value(new DriverManagerDataSource(database.jdbcUrl()), question);
        }
    }

    @SpringJUnitConfig(SpringApplicationConfiguration.class)
    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class PerClass {
        @Autowired
        private JdbcTemplate jdbc;

        @BeforeAll
        static void fill(Fixtures fixtures) {
            fixtures.project().create();
        }

        @Order(1)
        @RepeatedTest(2)
        @Transactional
        void parentsAreCreatedAgainAfterARollback(Fixtures fixtures) {
            fixtures.prompt().create();
            assertThat(jdbc.queryForObject(PROJECTS, Integer.class)).isEqualTo(2);
        }

        @Order(2)
        @RepeatedTest(2)
        void dataStays(Fixtures fixtures) {
            fixtures.trace().create();
            assertThat(jdbc.queryForObject(PROJECTS, Integer.class)).isGreaterThan(1);
        }

        @Nested
        @PromptForgeTest
        class Apart extends Writing {
            @RepeatedTest(2)
            void hasAContextOfItsOwn(TestDatabase database, Fixtures fixtures) {
                writes(database, fixtures);
            }
        }
    }

    @SpringJUnitConfig(SpringApplicationConfiguration.class)
    @PromptForgeTest(templates = IsolationTest.Red.class)
    static class WithATemplate {
        @Autowired
        private JdbcTemplate jdbc;

        @Test
        void test() {
            assertThat(jdbc.queryForObject("SELECT count(*) FROM red", Integer.class))
                    .isZero();
        }
    }

    @SpringJUnitConfig(SpringApplicationConfiguration.class)
    @PromptForgeTest
    static class LeavesATransactionOpen {
        @RepeatedTest(2)
        void test(TestDatabase database, Fixtures fixtures, @Autowired DataSource dataSource) throws SQLException {
            fixtures.project().create();
            var connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            connection.createStatement().execute("UPDATE promptforge.projects SET description = 'edited'");
        }
    }

    @SpringJUnitConfig(SpringApplicationConfiguration.class)
    @PromptForgeTest(isolation = Isolation.SHARED_READ_ONLY)
    static class SharedReadOnly {
        @Test
        void never(Tenant tenant) {}
    }

    @SpringJUnitConfig(SpringApplicationConfiguration.class)
    @TestExecutionListeners(DependencyInjectionTestExecutionListener.class)
    @PromptForgeTest
    static class OtherListeners {
        @Test
        void never(Tenant tenant) {}
    }

    @SpringJUnitConfig(Elsewhere.class)
    @PromptForgeTest
    static class ConnectedElsewhere {
        @Test
        void never(Tenant tenant) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Elsewhere {
        @Bean
        DataSource dataSource() {
            TestDatabase other = TestDatabase.create();
            return new DriverManagerDataSource(other.jdbcUrl());
        }
    }

    @SpringJUnitConfig(Nothing.class)
    @PromptForgeTest
    static class WithoutADataSource {
        @RepeatedTest(2)
        void test(Fixtures fixtures) {
            fixtures.project().create();
            assertThat(fixtures.tenant().projects().count(ProjectFilter.all())).isEqualTo(1);
        }
    }

    @SpringJUnitConfig(Two.class)
    @PromptForgeTest
    static class WithTwoDataSources {
        @Test
        void never(Tenant tenant) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Two extends Elsewhere {
        @Bean
        DataSource another(@Autowired TestDatabase database) {
            return new DriverManagerDataSource(database.jdbcUrl());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}
}
