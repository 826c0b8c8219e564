package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.TimedOutException;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.project.ProjectChanges;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What callers see where server, role or URL set a limit. */
class ServerSettingsTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final Tenant tenant = fixture.tenant();

    @Test
    void aWriteToAReadOnlyServerIsTriedAgain() {
        Tenant readOnly = withOptions("-c default_transaction_read_only=on");
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> readOnly.transaction(3, tx -> {
                    attempts.incrementAndGet();
                    return tx.projects().create(NewProject.of("never"));
                }))
                .isInstanceOfSatisfying(RetryableException.class, e -> assertThat(e.reason())
                        .isEqualTo(RetryableException.Reason.READ_ONLY));
        assertThat(attempts).hasValue(3);
        assertThat(readOnly.projects().findByName("never")).isEmpty();
    }

    @Test
    void aWriteInWorkThatOnlyReadsIsNotTriedAgain() {
        assertThatThrownBy(() -> tenant.readOnly(tx -> tx.projects().create(NewProject.of("never"))))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    @NotOnCitus("a timeout of the connection for locks does not reach the nodes; that of the role does")
    void aLockTimeoutSaysSo() throws SQLException {
        Project project = tenant.projects().create(NewProject.of("locked"));

        try (Connection other = DATABASE.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM promptforge.projects WHERE id = '" + project.id() + "' FOR UPDATE");

            Tenant impatient = withOptions("-c lock_timeout=10ms");
            assertThatThrownBy(() -> impatient
                            .projects()
                            .update(project.id(), ProjectChanges.none().name("Other")))
                    .isInstanceOfSatisfying(TimedOutException.class, e -> assertThat(e.limit())
                            .isEqualTo(TimedOutException.Limit.LOCK));
            Tenant hasty = withOptions("-c statement_timeout=10ms");
            assertThatThrownBy(() -> hasty.projects()
                            .update(project.id(), ProjectChanges.none().name("Other")))
                    .isInstanceOfSatisfying(TimedOutException.class, e -> assertThat(e.limit())
                            .isEqualTo(TimedOutException.Limit.STATEMENT));
        }
    }

    @Test
    void aStaleEditInTheSameTransactionIsAConflict() {
        Project project = tenant.projects().create(NewProject.of("edited"));

        assertThatThrownBy(() -> tenant.transaction(tx -> {
                    Project read = tx.projects()
                            .update(project.id(), ProjectChanges.none().description("A"));
                    tx.projects()
                            .update(
                                    project.id(),
                                    ProjectChanges.none().description("B").ifUnchangedSince(read.updatedAt()));
                    return tx.projects()
                            .update(
                                    project.id(),
                                    ProjectChanges.none().description("C").ifUnchangedSince(read.updatedAt()));
                }))
                .isInstanceOf(ConflictException.class);
    }

    private Tenant withOptions(String options) {
        PGSimpleDataSource limited = (PGSimpleDataSource) DATABASE.dataSource();
        limited.setOptions(options);
        return PromptForge.create(limited, ClassDatabase.settings()).tenant(tenant.organizationId());
    }
}
