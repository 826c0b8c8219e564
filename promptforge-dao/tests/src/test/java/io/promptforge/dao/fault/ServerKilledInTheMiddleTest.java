package io.promptforge.dao.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.NotOnCitus;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.maintenance.MaintenanceOutcome;
import io.promptforge.dao.maintenance.MaintenanceReport;
import io.promptforge.dao.maintenance.MaintenanceSettings;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.schema.MigrationException;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.backup.Backup;
import io.promptforge.schema.backup.BackupException;
import io.promptforge.schema.backup.OrganizationImport;
import io.promptforge.schema.backup.Restore;
import io.promptforge.schema.backup.TransferProgress;
import io.promptforge.schema.type.ExecutionStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server is killed in the middle of long work; when it runs again, the work is done by the next call. */
@NotOnCitus("starts a server of its own")
class ServerKilledInTheMiddleTest {
    private static final int TRACES = 300;

    private final Path archives;
    private final KillableServer server;
    private final DataSource database;

    ServerKilledInTheMiddleTest(@TempDir Path folder, @TempDir Path archives) {
        this.archives = archives;
        this.server = KillableServer.start(folder);
        this.database = server.dataSource();
    }

    @AfterEach
    void end() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 25, 60, 100})
    void aMigrationGoesOn(int statement) {
        interrupted(MigrationException.class, statement, Migrations::apply);

        Migrations.apply(database);
        Migrations.of(database).validate();
    }

    @Test
    void oldTracesAreDeleted() {
        fill();
        interrupted(RetryableException.class, 8, ServerKilledInTheMiddleTest::maintain);

        MaintenanceReport report = maintain(database);

        assertThat(report.outcome()).isEqualTo(MaintenanceOutcome.FINISHED);
        assertThat(server.query("SELECT count(*) FROM promptforge.traces")).containsExactly("0");
    }

    @Test
    void aBackupLeavesNoFile() throws Exception {
        fill();
        Path file = archives.resolve("all.backup");
        refused(() -> Backup.of(database).progress(killing("Writing")).write(file));
        server.restart();

        try (Stream<Path> files = Files.list(archives)) {
            assertThat(files).isEmpty();
        }
        assertThat(Backup.of(database).write(file).tables()).containsEntry("traces", (long) TRACES);
    }

    @Test
    void aRestoreLeavesNoRows() {
        fill();
        Path file = archives.resolve("all.backup");
        Backup.of(database).write(file);
        Restore restore = Restore.of(database).schema("copy");
        refused(() -> restore.progress(killing("Loading")).read(file));
        server.restart();

        assertThat(server.query("SELECT count(*) FROM copy.organizations")).containsExactly("0");
        restore.read(file);
        assertThat(server.query("SELECT count(*) FROM copy.traces")).containsExactly(String.valueOf(TRACES));
    }

    @Test
    void anImportLeavesNoRows() {
        UUID organization = fill();
        Path file = archives.resolve("acme.backup");
        Backup.of(database).organization(organization).write(file);
        Migrations.of(database).schema("copy").apply();
        OrganizationImport copy = OrganizationImport.of(database).schema("copy");
        refused(() -> copy.progress(killing("Loading")).read(file));
        server.restart();

        assertThat(server.query("SELECT count(*) FROM copy.organizations")).containsExactly("0");
        copy.read(file);
        assertThat(server.query("SELECT count(*) FROM copy.traces")).containsExactly(String.valueOf(TRACES));
    }

    /** When the traces are older than they are kept. */
    private static MaintenanceReport maintain(DataSource dataSource) {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
        return PromptForge.create(dataSource)
                .maintenance()
                .run(MaintenanceSettings.defaults().clock(later), progress -> {});
    }

    /** Returns a new organization with traces that are kept for a day. */
    private UUID fill() {
        Migrations.apply(database);
        PromptForge forge = PromptForge.create(database);
        UUID organization =
                forge.organizations().create(NewOrganization.of("Acme", "acme")).id();
        Tenant tenant = forge.tenant(organization);
        UUID project = tenant.projects()
                .create(NewProject.of("Answers").traceRetentionDays(1))
                .id();
        List<NewTrace> traces = IntStream.range(0, TRACES)
                .mapToObj(
                        i -> NewTrace.of(UUID.randomUUID(), project, "answer", ExecutionStatus.SUCCESS, Instant.now()))
                .toList();
        tenant.traces().record(traces);
        return organization;
    }

    /** Kills the server before this statement of the work, and starts it again. */
    private void interrupted(Class<? extends Exception> failure, int statement, Consumer<DataSource> work) {
        AtStatement middle = new AtStatement(statement, server::kill);
        assertThatThrownBy(() -> work.accept(middle.over(database))).isInstanceOf(failure);
        assertThat(middle.isReached()).isTrue();
        server.restart();
    }

    private Consumer<TransferProgress> killing(String step) {
        AtomicBoolean killed = new AtomicBoolean();
        return progress -> {
            if (progress.step().equals(step) && killed.compareAndSet(false, true)) {
                server.kill();
            }
        };
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BackupException.class, e -> assertThat(e.reason())
                .isEqualTo(BackupException.Reason.DATABASE_ERROR));
    }
}
