package io.promptforge.seed.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.user.NewUser;
import io.promptforge.schema.type.Role;
import io.promptforge.seed.Sql;
import io.promptforge.seed.fixture.Fixtures;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
    private static final String ORGANIZATIONS = "SELECT count(*) FROM promptforge.organizations";

    @Test
    void isMigratedAndEmpty() throws SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            assertThat(Sql.value(database.dataSource(), ORGANIZATIONS)).isEqualTo("0");
        }
    }

    @Test
    void eachDatabaseIsUsedByOneTestOnly() throws SQLException {
        try (TestDatabase first = TestDatabase.create();
                TestDatabase second = TestDatabase.create()) {
            first.tenant();

            assertThat(Sql.value(second.dataSource(), ORGANIZATIONS)).isEqualTo("0");
            assertThat(first.name()).isNotEqualTo(second.name());
        }
    }

    @Test
    void theJdbcUrlIncludesUserAndPassword() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            assertThat(connection.getCatalog()).isEqualTo(database.name());
            assertThat(connection.getMetaData().getUserName()).isEqualTo(database.user());
        }
    }

    @Test
    void theSpringPropertiesConnectToIt() throws SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            Map<String, Object> registered = new LinkedHashMap<>();
            database.properties((name, value) -> registered.put(name, value.get()));

            assertThat(registered).containsExactlyInAnyOrderEntriesOf(Map.copyOf(database.properties()));
            try (Connection connection = DriverManager.getConnection(
                    (String) registered.get("spring.datasource.url"),
                    (String) registered.get("spring.datasource.username"),
                    (String) registered.get("spring.datasource.password"))) {
                assertThat(connection.getCatalog()).isEqualTo(database.name());
            }
        }
    }

    @Test
    void theTenantBelongsToAnExistingOrganization() {
        try (TestDatabase database = TestDatabase.create()) {
            Tenant tenant = database.tenant();

            tenant.projects().create(NewProject.of("Support"));
            assertThat(database.tenant().organizationId()).isEqualTo(tenant.organizationId());
            assertThat(database.promptForge().organizations().find(tenant.organizationId()))
                    .isPresent();
        }
    }

    @Test
    void theSharedDatabaseIsTheSameForAllHasATenantAndRefusesWrites() {
        TestDatabases databases = TestDatabases.of();
        try (TestDatabase shared = databases.sharedReadOnly()) {
            assertThat(databases.sharedReadOnly()).isSameAs(shared);
            assertThat(shared.promptForge().organizations().find(shared.tenant().organizationId()))
                    .isPresent();
            assertThatThrownBy(() -> shared.tenant().projects().create(NewProject.of("Support")))
                    .hasStackTraceContaining("read-only transaction");
        }
    }

    @Test
    void closingTheSharedDatabaseDoesNothing() throws SQLException {
        TestDatabase shared = TestDatabases.of().sharedReadOnly();
        shared.close();
        TestDatabases.awaitReports();

        assertThat(Sql.value(shared.dataSource(), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void passwordsAreHashedAtTheLowestBcryptCost() throws SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            database.tenant().users().create(NewUser.of("ann@example.com", "Ann", Role.ADMIN, "correct horse"));

            assertThat(database.promptForge().login("ann@example.com", "correct horse"))
                    .isPresent();
            assertThat(Sql.value(database.dataSource(), "SELECT password_hash FROM promptforge.users"))
                    .contains("$04$");
        }
    }

    @Test
    void closingTwiceReclaimsTheDatabaseOnce() {
        TestDatabase database = TestDatabase.create();
        database.close();
        database.close();
        TestDatabases.awaitReports();

        try (TestDatabase next = TestDatabase.create()) {
            assertThat(next.name()).isNotEqualTo(database.name());
        }
    }

    @Test
    void aClosedDatabaseGivesNoConnectionAndSaysWhoseItWas() {
        TestDatabase database = TestDatabases.of().create("OrdersTest.places()");
        PromptForge forge = database.promptForge();
        database.close();

        assertThatThrownBy(() -> database.dataSource().getConnection())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(database.name() + " of OrdersTest.places() is closed");
        assertThatThrownBy(() -> forge.organizations().findBySlug("acme"))
                .hasStackTraceContaining("OrdersTest.places() is closed");
    }

    @Test
    void fixturesOfTheSharedDatabaseSayThatItAcceptsNoWrites() {
        Fixtures fixtures = TestDatabases.of().sharedReadOnly().fixtures();

        assertThatThrownBy(() -> fixtures.project().create())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Isolation.SHARED_READ_ONLY");
    }
}
