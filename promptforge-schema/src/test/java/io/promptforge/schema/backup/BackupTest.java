package io.promptforge.schema.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.promptforge.postgres.CitusCluster;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.SampleRows;
import io.promptforge.schema.Sql;
import io.promptforge.schema.TestServer;
import io.promptforge.schema.backup.BackupException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class BackupTest {

    private static final UUID FIRST = UUID.fromString("10000000-0000-7000-8000-000000000001");

    private final Path folder;
    private final Path file;
    private final DataSource source = TestServer.migratedDatabase();
    private final DataSource target = TestServer.emptyDatabase();

    BackupTest(@TempDir Path folder) {
        this.folder = folder;
        this.file = folder.resolve("whole.backup");
        Sql.run(source, SampleRows.all(1));
        Sql.run(source, SampleRows.all(2));
    }

    @Test
    void aRestoredSchemaHasTheRowsOfTheBackup() {
        TransferReport written = Backup.of(source).write(file);
        TransferReport read = Restore.of(target).read(file);

        assertThat(content(target)).isEqualTo(content(source));
        assertThat(written.tables()).containsEntry("organizations", 2L).isEqualTo(read.tables());
        assertThat(written.bytes()).isEqualTo(file.toFile().length());
        assertThat(read.changed()).isTrue();
        Migrations.of(target).validate();
    }

    @Test
    void everyTableHasARowInTheTest() {
        assertThat(Backup.of(source).write(file).tables())
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isPositive())
                .containsOnlyKeys(Sql.modelTables(source, "promptforge"));
    }

    @Test
    void theRestoredTablesKeepTheirTriggersAndConstraints() {
        Backup.of(source).write(file);
        Restore.of(target).read(file);

        assertThat(Sql.column(target, "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O'"))
                .isEmpty();
        assertThat(Sql.column(target, "SELECT conname FROM pg_constraint WHERE NOT convalidated"))
                .isEmpty();
    }

    @Test
    void aSchemaIsRestoredUnderAnotherName() {
        Backup.of(source).write(file);
        Restore.of(source).schema("copy").read(file);

        assertThat(Sql.column(source, "SELECT name FROM copy.organizations ORDER BY name"))
                .isEqualTo(Sql.column(source, "SELECT name FROM promptforge.organizations ORDER BY name"));
    }

    @Test
    void aBackupOfAnOlderVersionIsMigratedAfterTheLoad() {
        Migrations.of(source).rollbackTo("8");
        Map<String, String> before = content(source);
        Backup.of(source).write(file);

        TransferReport report = Restore.of(target).read(file);

        assertThat(report.version()).isEqualTo("8");
        Migrations.of(target).validate();
        assertThat(content(target).get("users")).isEqualTo(before.get("users"));
    }

    @Test
    void anEmptySchemaOfALaterVersionIsRestoredInto() {
        Migrations.of(source).rollbackTo("8");
        Backup.of(source).write(file);
        Migrations.apply(target);

        Restore.of(target).read(file);

        Migrations.of(target).validate();
        assertThat(Sql.column(target, "SELECT id FROM promptforge.organizations"))
                .hasSize(2);
    }

    @Test
    void allRowsAreOfOneMomentWhileTheServiceWrites() {
        AtomicBoolean written = new AtomicBoolean();

        Backup.of(source)
                .progress(progress -> {
                    if (written.compareAndSet(false, true)) {
                        Sql.run(source, SampleRows.all(3));
                    }
                })
                .write(file);

        assertThat(written).isTrue();
        Restore.of(target).read(file);
        Sql.run(
                source,
                "DELETE FROM promptforge.organizations WHERE slug = 'org-3' OR id::text LIKE '3%'",
                "DELETE FROM promptforge.erasures WHERE organization_id::text LIKE '3%'");
        assertThat(content(target)).isEqualTo(content(source));
    }

    @Test
    void aSchemaWithRowsIsRefusedUnlessReplacingThemIsConfirmed() {
        Backup.of(source).write(file);
        Map<String, String> before = content(source);
        Sql.run(source, SampleRows.all(3));

        refused(Reason.NOT_EMPTY, () -> Restore.of(source).read(file));
        refused(Reason.NOT_EMPTY, () -> Restore.of(source).replacing("production"));
        assertThat(Sql.column(source, "SELECT id FROM promptforge.organizations"))
                .hasSize(3);

        Restore.of(source).replacing("promptforge").read(file);
        assertThat(content(source)).isEqualTo(before);
    }

    @Test
    void aRestoreThatFailsInTheMiddleLeavesTheRowsAsTheyWere() {
        Backup.of(source).write(file);
        Sql.run(source, SampleRows.all(3));
        Map<String, String> before = content(source);

        assertThatThrownBy(() -> Restore.of(source)
                        .replacing("promptforge")
                        .progress(failsAt("Checking"))
                        .read(file))
                .hasMessage("stopped at Checking");
        assertThatThrownBy(() -> Restore.of(target).progress(failsAt("Loading")).read(file))
                .hasMessage("stopped at Loading");

        assertThat(content(source)).isEqualTo(before);
        assertThat(Sql.column(target, "SELECT id FROM promptforge.organizations"))
                .isEmpty();
        Restore.of(target).read(file);
    }

    @Test
    void aRestoreWhoseRowsAreNotThoseOfTheBackupIsRefused() {
        Backup.of(source).write(file);
        Migrations.apply(target);
        Sql.run(target, "ALTER TABLE promptforge.projects ALTER COLUMN created_at TYPE timestamptz(0)");

        refused(Reason.NOT_VERIFIED, () -> Restore.of(target).read(file));

        assertThat(Sql.column(target, "SELECT id FROM promptforge.organizations"))
                .isEmpty();
    }

    @Test
    void aBackupThatFailsLeavesNoFile() throws IOException {
        refused(
                Reason.NOT_FOUND,
                () -> Backup.of(source).organization(UUID.randomUUID()).write(file));
        refused(Reason.SCHEMA, () -> Backup.of(source).schema("elsewhere").write(file));
        assertThatThrownBy(() -> Backup.of(source).progress(failsAt("Writing")).write(file))
                .hasMessage("stopped at Writing");

        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aBackupOverwritesNothingAndOnlyItsOwnerCanReadIt() throws IOException {
        Backup.of(source).write(file);

        refused(Reason.FILE, () -> Backup.of(source).write(file));
        refused(Reason.FILE, () -> Backup.of(source)
                .write(folder.resolve("missing").resolve("x")));
        refused(Reason.FILE, () -> Restore.of(target).read(folder.resolve("missing")));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void anArchiveThatWasCutOffOrChangedAtAnyByteIsRefused() throws IOException {
        Backup.of(source).organization(FIRST).write(file);
        byte[] whole = Files.readAllBytes(file);
        Path broken = folder.resolve("broken");

        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            Files.write(broken, changed);
            refusedAsDamaged(broken, "changed at byte " + i);
        }
        for (int length = 0; length < whole.length; length++) {
            Files.write(broken, Arrays.copyOf(whole, length));
            refusedAsDamaged(broken, "cut off after " + length);
        }
        Files.write(broken, Arrays.copyOf(whole, whole.length + 1));
        refusedAsDamaged(broken, "with a byte more");
    }

    /** Each part that is left is as it was written. */
    @Test
    void anArchiveWithoutItsLastTableIsRefused() throws IOException {
        Backup.of(source).write(file);
        byte[] whole = Files.readAllBytes(file);
        ByteBuffer parts = ByteBuffer.wrap(whole);
        int lastTable = 0;
        int end = 0;
        for (int at = Frame.MAGIC.length;
                at < whole.length;
                at += 1 + Integer.BYTES + parts.getInt(at + 1) + Integer.BYTES) {
            Optional<Frame.Type> type = Frame.Type.of(whole[at]);
            lastTable = type.equals(Optional.of(Frame.Type.TABLE)) ? at : lastTable;
            end = type.equals(Optional.of(Frame.Type.END)) ? at : end;
        }
        byte[] shortened = Arrays.copyOf(whole, lastTable + whole.length - end);
        System.arraycopy(whole, end, shortened, lastTable, whole.length - end);
        Files.write(file, shortened);

        refusedAsDamaged(file, "without its last table");
    }

    @Test
    void aDamagedArchiveChangesNothing() throws IOException {
        Backup.of(source).write(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        refused(Reason.DAMAGED, () -> Restore.of(target).read(file));

        assertThat(Sql.column(target, "SELECT nspname FROM pg_namespace WHERE nspname = 'promptforge'"))
                .isEmpty();
    }

    @Test
    void anArchiveOfANewerReleaseIsRefused() throws IOException {
        Backup.of(source).write(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[Frame.MAGIC.length - 2]++;
        Files.write(file, bytes);

        refused(Reason.UNKNOWN_VERSION, () -> Restore.of(target).read(file));
    }

    @Test
    void theKindOfArchiveMustFit() {
        Path organization = folder.resolve("first");
        Backup.of(source).write(file);
        Backup.of(source).organization(FIRST).write(organization);

        refused(Reason.OTHER_KIND, () -> Restore.of(target).read(organization));
        refused(Reason.OTHER_KIND, () -> OrganizationImport.of(source).read(file));
    }

    @Test
    void anArchiveWritesNoOtherTableThanThoseOfTheSchema() throws IOException {
        TreeMap<Integer, Integer> scripts = new TreeMap<>();
        Migrations.of(target).scripts().forEach(it -> scripts.put(Integer.valueOf(it.version()), it.checksum()));
        try (OutputStream out = Files.newOutputStream(file)) {
            ArchiveWriter archive = new ArchiveWriter(out);
            archive.description(new ArchiveDescription(Instant.now(), "18", scripts, Optional.empty(), List.of()));
            archive.table(new TableLayout("flyway_schema_history", List.of("version")));
            archive.tableEnd(TableContent.NONE);
            archive.end();
        }

        refused(Reason.SCHEMA, () -> Restore.of(target).read(file));
        Migrations.of(target).validate();
    }

    @Test
    @DisabledIfSystemProperty(
            named = CitusCluster.URL,
            matches = ".+",
            disabledReason = "Citus hands rights on a database on to no worker")
    void anOwnerWithoutFurtherRightsRestoresAndRowLevelSecurityStaysForced() {
        String owner = TestServer.newRole("owner");
        PGSimpleDataSource database = TestServer.emptyDatabase();
        Sql.run(database, "GRANT CREATE ON DATABASE " + database.getDatabaseName() + " TO " + owner);
        DataSource asOwner = TestServer.as(database, owner);
        Backup.of(source).write(file);

        Restore.of(asOwner).read(file);

        assertThat(content(database)).isEqualTo(content(source));
        Backup.of(asOwner).write(folder.resolve("again"));
        OrganizationImport.of(asOwner).replacing().read(export(asOwner));
        assertThat(Sql.column(
                        database,
                        "SELECT relname FROM pg_class WHERE relnamespace = 'promptforge'::regnamespace"
                                + " AND relrowsecurity AND NOT relforcerowsecurity"))
                .isEmpty();
    }

    @Test
    void aRoleThatSeesOnlySomeRowsIsRefused() {
        PGSimpleDataSource database = TestServer.migratedDatabase();
        String service = TestServer.newRole("service");
        Sql.run(
                database,
                "GRANT USAGE ON SCHEMA promptforge TO " + service,
                "GRANT SELECT ON ALL TABLES IN SCHEMA promptforge TO " + service);

        refused(Reason.SCHEMA, () -> Backup.of(TestServer.as(database, service)).write(file));
    }

    private Path export(DataSource database) {
        Path export = folder.resolve("export");
        Backup.of(database).organization(FIRST).write(export);
        Sql.run(database, "UPDATE promptforge.projects SET description = 'edited'");
        return export;
    }

    private static void refusedAsDamaged(Path broken, String how) {
        assertThatThrownBy(() -> ArchiveContents.verified(broken, new ProgressMeter(progress -> {})))
                .as(how)
                .isInstanceOfSatisfying(
                        BackupException.class,
                        e -> assertThat(e.reason()).as(how).isIn(Reason.DAMAGED, Reason.UNKNOWN_VERSION));
    }

    static void refused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(BackupException.class))
                .extracting(BackupException::reason)
                .isEqualTo(reason);
    }

    private static Consumer<TransferProgress> failsAt(String step) {
        return progress -> {
            if (progress.step().equals(step)) {
                throw new IllegalStateException("stopped at " + step);
            }
        };
    }

    /** The rows of each table as text. */
    static Map<String, String> content(DataSource database) {
        Map<String, String> content = new TreeMap<>();
        for (String table : Sql.modelTables(database, "promptforge")) {
            content.put(
                    table,
                    String.join(
                            "\n", Sql.column(database, "SELECT t::text FROM promptforge." + table + " t ORDER BY 1")));
        }
        return content;
    }
}
