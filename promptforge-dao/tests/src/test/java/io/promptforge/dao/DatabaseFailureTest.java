package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.SchemaNotMigratedException;
import io.promptforge.dao.error.TimedOutException;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.ProjectFilter;
import io.promptforge.dao.project.ProjectOrder;
import io.promptforge.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The exceptions for failures of the database itself. */
class DatabaseFailureTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    @Test
    void aDatabaseWithoutMigrationsIsReported() {
        PromptForge forge = ClassDatabase.empty().forge();
        Tenant tenant = forge.tenant(UUID.randomUUID());

        assertThatThrownBy(() -> forge.login("ada@example.com", "secret"))
                .isInstanceOf(SchemaNotMigratedException.class)
                .hasMessageContaining("Migrations.apply");
        assertThatThrownBy(() -> forge.organizations().create(NewOrganization.of("Org", "org")))
                .isInstanceOf(SchemaNotMigratedException.class);
        assertThatThrownBy(() ->
                        tenant.projects().list(ProjectFilter.all(), ProjectOrder.OLDEST_FIRST, PageRequest.first()))
                .isInstanceOf(SchemaNotMigratedException.class);
        assertThatThrownBy(() -> tenant.transaction(tx -> tx.traces().find(UUID.randomUUID())))
                .isInstanceOf(SchemaNotMigratedException.class);
    }

    @Test
    void aSchemaWithoutMigrationsIsReported() {
        PromptForge forge = PromptForge.create(
                DATABASE.dataSource(), ClassDatabase.settings().schema("elsewhere"));

        assertThatThrownBy(() -> forge.organizations().find(UUID.randomUUID()))
                .isInstanceOf(SchemaNotMigratedException.class);
    }

    @Test
    void aServerThatDoesNotRunIsRetryable() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }
        PGSimpleDataSource unreachable = new PGSimpleDataSource();
        unreachable.setServerNames(new String[] {"127.0.0.1"});
        unreachable.setPortNumbers(new int[] {unused});

        assertRetryable(unreachable);
    }

    @Test
    void aServerThatWasShutDownIsRetryable() {
        EmbeddedPostgres server = EmbeddedPostgres.start();
        DataSource dataSource = server.dataSource("postgres");
        server.close();

        assertRetryable(dataSource);
    }

    @Test
    void aConnectionLostInATransactionIsRetryable() {
        TestTenant fixture = DATABASE.newTenant();

        assertThatThrownBy(() -> fixture.tenant().transaction(tx -> {
                    tx.projects().create(NewProject.of("lost"));
                    DATABASE.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                            + " AND state = 'idle in transaction'");
                    return tx.projects().list(ProjectFilter.all(), ProjectOrder.OLDEST_FIRST, PageRequest.first());
                }))
                .isInstanceOf(RetryableException.class);
        assertThat(fixture.tenant().projects().findByName("lost")).isEmpty();
    }

    @Test
    void aPoolWithoutAFreeConnectionIsRetryable() throws SQLException {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSource(DATABASE.dataSource());
            pool.setMaximumPoolSize(1);
            pool.setConnectionTimeout(250);
            try (Connection taken = pool.getConnection()) {
                assertThat(taken.isValid(1)).isTrue();
                assertRetryable(pool);
            }
            assertThat(PromptForge.create(pool).organizations().find(UUID.randomUUID()))
                    .isEmpty();
        }
    }

    @Test
    @NotOnCitus("a timeout of the connection for locks does not reach the nodes; that of the role does")
    void aLockTimeoutIsAnErrorOfItsOwn() throws SQLException {
        TestTenant fixture = DATABASE.newTenant();
        UUID evaluation = fixture.runningEvaluation().id();
        PGSimpleDataSource impatient = (PGSimpleDataSource) DATABASE.dataSourceOf("postgres");
        impatient.setOptions("-c lock_timeout=50");
        Tenant tenant = PromptForge.create(impatient, ClassDatabase.settings())
                .tenant(fixture.organization().id());
        try (Connection other = DATABASE.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM promptforge.evaluations WHERE id = '" + evaluation + "' FOR UPDATE");

            assertThatThrownBy(() -> tenant.evaluations().complete(evaluation, TestTenant.NOON))
                    .isInstanceOf(TimedOutException.class);
        }
        assertThat(tenant.evaluations().complete(evaluation, TestTenant.NOON)).isNotNull();
    }

    @Test
    void aRoleWithoutRightsIsDeniedAccess() {
        PromptForge stranger = PromptForge.create(DATABASE.dataSourceOf(DATABASE.newRole("stranger")));

        assertThatThrownBy(() -> stranger.organizations().find(UUID.randomUUID()))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aRoleThatMayOnlyReadIsDeniedWrites() {
        String role = DATABASE.newRole("reader");
        DATABASE.execute("GRANT USAGE ON SCHEMA promptforge TO " + role
                + "; GRANT SELECT ON ALL TABLES IN SCHEMA promptforge TO " + role);
        PromptForge reader = PromptForge.create(DATABASE.dataSourceOf(role));

        assertThat(reader.organizations().find(UUID.randomUUID())).isEmpty();
        assertThatThrownBy(() -> reader.organizations().create(NewOrganization.of("Org", "org")))
                .isInstanceOf(AccessDeniedException.class);
    }

    private static void assertRetryable(DataSource dataSource) {
        PromptForge forge = PromptForge.create(dataSource);

        assertThatThrownBy(() -> forge.organizations().find(UUID.randomUUID())).isInstanceOf(RetryableException.class);
        assertThatThrownBy(() -> forge.transaction(tx -> "never")).isInstanceOf(RetryableException.class);
    }
}
