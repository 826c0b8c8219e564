package io.promptforge.dao.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The role of services writes the log by its changes only, and reads that of its tenant. */
class AuditConfinedTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final DataSource SERVICE = DATABASE.serviceDataSource();

    private final TestTenant acme = DATABASE.newTenant();
    private final UUID id = acme.organization().id();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsChangesAreAuditedWithTheActor(boolean byItsConnection) {
        PromptForge forge = byItsConnection
                ? PromptForge.create(SERVICE, ClassDatabase.settings())
                : PromptForge.create(
                        DATABASE.dataSource(), ClassDatabase.settings().serviceRole("promptforge_service"));
        Tenant alice = forge.tenant(id).actingAs(acme.user().id());

        Project project = alice.projects().create(NewProject.of("hers"));
        Project nested = alice.transaction(tx -> tx.projects().create(NewProject.of("in a transaction")));

        assertThat(alice.projects().find(project.id())).contains(project);
        for (Project one : new Project[] {project, nested}) {
            assertThat(alice.audit()
                            .list(AuditFilter.all().rowId(one.id()), AuditOrder.OLDEST_FIRST, PageRequest.first())
                            .items())
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.actor().type().name()).isEqualTo("USER");
                        assertThat(entry.databaseRole())
                                .isEqualTo(
                                        byItsConnection || ClassDatabase.isCluster()
                                                ? "promptforge_service"
                                                : "postgres");
                    });
        }
        assertThat(alice.audit().verify().isIntact()).isTrue();
        assertThat(alice.audit().verify(alice.audit().digest()).isIntact()).isTrue();
    }

    @Test
    void itSeesNothingOfTheLogOfAnotherTenant() throws SQLException {
        acme.project();
        TestTenant globex = DATABASE.newTenant();

        try (Connection connection = SERVICE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET promptforge.organization_id TO '"
                    + globex.organization().id() + "'");
            for (String table : new String[] {"audit_entries", "audit_transactions", "audit_logs"}) {
                var row = statement.executeQuery(
                        "SELECT count(*) FROM promptforge." + table + " WHERE organization_id = '" + id + "'");
                row.next();
                assertThat(row.getLong(1)).as(table).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM promptforge.audit_entries",
                "INSERT INTO promptforge.audit_entries SELECT * FROM promptforge.audit_entries",
                "UPDATE promptforge.audit_entries SET actor_id = NULL",
                "UPDATE promptforge.audit_transactions SET hash = NULL",
                "DELETE FROM promptforge.audit_transactions",
                "UPDATE promptforge.audit_logs SET cut_number = last_number",
                "DELETE FROM promptforge.audit_logs",
                "ALTER TABLE promptforge.projects DISABLE TRIGGER ALL",
                "SET session_replication_role = replica",
                "INSERT INTO promptforge.audit_entries (organization_id, action, table_name) VALUES ('%s', 'insert', 'users')"
            })
    void itCannotWriteTheLog(String sql) throws SQLException {
        acme.project();
        try (Connection connection = SERVICE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO promptforge; SET promptforge.organization_id TO '" + id + "'");

            assertThatThrownBy(() -> statement.execute(sql.formatted(id)))
                    .extracting("SQLState")
                    .isEqualTo("42501");
        }
    }

    @Test
    void itCannotCutTheLog() {
        assertThatThrownBy(() -> PromptForge.create(SERVICE, ClassDatabase.settings())
                        .maintenance()
                        .cutAuditLog(id, Instant.parse("9999-01-01T00:00:00Z")))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("use a DataSource of the tables' owner");
    }
}
