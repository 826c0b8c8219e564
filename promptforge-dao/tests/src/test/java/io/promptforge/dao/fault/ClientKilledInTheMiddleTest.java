package io.promptforge.dao.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.NotOnCitus;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.maintenance.MaintenanceOutcome;
import io.promptforge.dao.maintenance.MaintenanceReport;
import io.promptforge.dao.maintenance.MaintenanceSettings;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.project.NewProject;
import io.promptforge.schema.Backfill;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.backup.Backup;
import io.promptforge.schema.backup.OrganizationImport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The process that does long work is killed in the middle of it; the next call does the rest. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NotOnCitus("starts a server of its own")
class ClientKilledInTheMiddleTest {
    /** Two batches of the maintenance, and a part of one. */
    private static final int TRACES = 4_321;

    private final KillableServer server;
    private final DataSource database;

    ClientKilledInTheMiddleTest(@TempDir Path folder) {
        server = KillableServer.start(folder);
        database = server.dataSource();
        Migrations.apply(database);
    }

    @AfterAll
    void end() {
        server.close();
    }

    @Test
    void theMaintenanceKeepsWholeBatchesAndGoesOn() throws Exception {
        String traces = "FROM promptforge.traces WHERE organization_id = '" + withOldTraces("maintained", 10) + "'";

        killed("maintain", "");

        assertThat(server.query("SELECT count(*) " + traces)).containsExactly(String.valueOf(TRACES - 2_000));
        MaintenanceReport report = PromptForge.create(database).maintenance().run();
        assertThat(report.outcome()).isEqualTo(MaintenanceOutcome.FINISHED);
        assertThat(report.tracesDeleted()).isEqualTo(TRACES - 2_000);
    }

    @Test
    void anImportLeavesNoRowsAndIsRepeated(@TempDir Path archives) throws Exception {
        Path file = archives.resolve("imported.export");
        Backup.of(database).organization(withOldTraces("imported", null)).write(file);
        Migrations.of(database).schema("copy").apply();

        killed("import", file.toString());

        assertThat(server.query("SELECT count(*) FROM copy.organizations")).containsExactly("0");
        OrganizationImport.of(database).schema("copy").read(file);
        assertThat(server.query("SELECT count(*) FROM copy.traces")).containsExactly(String.valueOf(TRACES));
    }

    @Test
    void aBackfillKeepsWholeBatchesAndGoesOn() throws Exception {
        UUID organization = withOldTraces("filled", null);

        killed("backfill", organization.toString());

        assertThat(server.query("SELECT count(end_user_id) FROM promptforge.traces WHERE organization_id = '"
                        + organization + "'"))
                .containsExactly("1000");
        assertThat(Work.backfill(database, organization.toString()).run()).isEqualTo(TRACES - 1_000);
    }

    /** Returns an organization whose traces are 20 days old, and are kept for so many days, or for ever. */
    private UUID withOldTraces(String name, @Nullable Integer retentionDays) {
        PromptForge forge = PromptForge.create(database);
        UUID organization =
                forge.organizations().create(NewOrganization.of(name, name)).id();
        UUID project = forge.tenant(organization)
                .projects()
                .create(NewProject.of("Answers").traceRetentionDays(retentionDays))
                .id();
        server.query("""
                INSERT INTO promptforge.traces (organization_id, id, project_id, name, status, started_at, created_at)
                SELECT '%1$s', gen_random_uuid(), '%2$s', 'many', 'success', t, t
                FROM generate_series(1, %3$d), (SELECT now() - interval '20 days') AS old (t) RETURNING id
                """.formatted(organization, project, TRACES));
        return organization;
    }

    /** Kills the process when the work has reported progress, and waits until the server has noticed. */
    private void killed(String work, String subject) throws Exception {
        try (ClientProcess client = ClientProcess.start(Work.class, String.valueOf(server.port()), work, subject)) {
            assertThat(client.printed().readLine()).isEqualTo("in the middle");
            client.kill();
        }
        while (!server.query("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname ="
                        + " current_database() AND pid <> pg_backend_pid()")
                .isEmpty()) {
            Thread.onSpinWait();
        }
    }

    /** Prints a line at the first progress, and then stays where it is. */
    static final class Work {
        private Work() {}

        public static void main(String[] arguments) {
            DataSource database = KillableServer.through(Integer.parseInt(arguments[0]));
            switch (arguments[1]) {
                case "maintain" ->
                    PromptForge.create(database).maintenance().run(MaintenanceSettings.defaults(), progress -> {
                        if (progress.tracesDeleted() > 0) {
                            stay();
                        }
                    });
                case "backfill" ->
                    backfill(database, arguments[2]).progress(rows -> stay()).run();
                default ->
                    OrganizationImport.of(database)
                            .schema("copy")
                            .progress(progress -> {
                                if (progress.step().equals("Checking")) {
                                    stay();
                                }
                            })
                            .read(Path.of(arguments[2]));
            }
        }

        static Backfill backfill(DataSource database, String organization) {
            return Backfill.of(
                    database,
                    "traces",
                    "end_user_id = 'unknown'",
                    "end_user_id IS NULL AND organization_id = '" + organization + "'");
        }

        private static void stay() {
            try {
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8).println("in the middle");
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
