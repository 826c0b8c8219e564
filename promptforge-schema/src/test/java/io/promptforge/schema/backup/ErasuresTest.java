package io.promptforge.schema.backup;

import static io.promptforge.schema.SampleRows.id;
import static io.promptforge.schema.backup.BackupTest.content;
import static io.promptforge.schema.backup.BackupTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.schema.Migrations;
import io.promptforge.schema.SampleRows;
import io.promptforge.schema.ServiceRole;
import io.promptforge.schema.Sql;
import io.promptforge.schema.TestServer;
import io.promptforge.schema.backup.BackupException.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What was deleted is not brought back by restoring an older backup, where that is asked. */
class ErasuresTest {

    private static final String TRACE = id(1, 13);
    private static final String USER = "'99990000-0000-7000-8000-000000000001'";

    /** What may differ between a database where rows were deleted and one where they were deleted again. */
    private static final List<String> AUDIT_LOG = List.of("audit_logs", "audit_transactions", "audit_entries");

    private final PGSimpleDataSource source = TestServer.migratedDatabase();
    private final DataSource target = TestServer.migratedDatabase();
    private final Path older;
    private final Path newer;

    ErasuresTest(@TempDir Path folder) {
        older = folder.resolve("older.backup");
        newer = folder.resolve("newer.backup");
        Sql.run(source, SampleRows.all(1));
        Sql.run(source, SampleRows.all(2));
        Sql.run(
                source,
                "INSERT INTO promptforge.users (organization_id, id, email, password_hash, full_name, role) SELECT organization_id, "
                        + USER
                        + ", 'leaver@example.com', password_hash, 'Leaver', 'viewer' FROM promptforge.users WHERE id = "
                        + id(1, 2));
        Backup.of(source).write(older);
    }

    @Test
    void whatWasDeletedAfterTheBackupIsDeletedAgainWhenThatIsAsked() {
        erase();
        Backup.of(source).erasuresOnly().write(newer);

        TransferReport report = Restore.of(target).replayingErasures(newer).read(older);

        assertThat(report.erased()).isEqualTo(3);
        assertSameAs(source, target);
    }

    @Test
    void itIsBroughtBackWhenThatIsNotAsked() {
        erase();

        assertThat(Restore.of(target).read(older).erased()).isZero();

        assertThat(Sql.column(target, "SELECT id FROM promptforge.organizations"))
                .hasSize(2);
        assertThat(Sql.column(target, "SELECT id FROM promptforge.traces WHERE id = " + TRACE))
                .hasSize(1);
        assertThat(Sql.column(target, "SELECT id FROM promptforge.users WHERE id = " + USER))
                .hasSize(1);
        assertThat(erasures(target)).isEqualTo(2);
    }

    @Test
    void replayingAgainAndFromAWholeBackupMakesTheSameRows() {
        erase();
        Backup.of(source).write(newer);
        Restore.of(target).replayingErasures(newer).read(older);

        Restore.of(target).replacing("promptforge").replayingErasures(newer).read(older);
        assertSameAs(source, target);

        assertThat(Restore.of(target)
                        .replacing("promptforge")
                        .replayingErasures(newer)
                        .read(newer)
                        .erased())
                .isZero();
        assertSameAs(source, target);
    }

    @Test
    void aTraceThatWasRecordedAgainAfterItsDeletionStays() {
        erase();
        recordAgain();
        Path between = older.resolveSibling("between.backup");
        Backup.of(source).write(between);
        Backup.of(source).erasuresOnly().write(newer);

        assertThat(Restore.of(target).replayingErasures(newer).read(between).erased())
                .isZero();

        assertThat(Sql.column(target, "SELECT name FROM promptforge.traces WHERE id = " + TRACE))
                .containsExactly("again");
    }

    @Test
    void aUserWhoIsTheAuthorOfRowsOfTheOlderBackupIsRefusedAndNothingIsRestored() {
        Path before = older.resolveSibling("before.backup");
        Sql.run(source, "UPDATE promptforge.projects SET created_by = " + USER + " WHERE id = " + id(1, 5));
        Backup.of(source).write(before);
        Sql.run(source, "UPDATE promptforge.projects SET created_by = NULL");
        erase();
        Backup.of(source).erasuresOnly().write(newer);

        refused(
                Reason.CONFLICT,
                () -> Restore.of(target).replayingErasures(newer).read(before));

        assertThat(Sql.column(target, "SELECT id FROM promptforge.organizations"))
                .isEmpty();
    }

    /** Ids are of one tenant: another may have a trace or a user with the same. */
    @Test
    void rowsOfAnotherTenantWithTheErasedIdsStay() {
        Path before = older.resolveSibling("before.backup");
        Sql.run(
                source,
                "INSERT INTO promptforge.traces (organization_id, id, project_id, name, status, started_at) VALUES ("
                        + id(2, 1) + ", " + TRACE + ", " + id(2, 5) + ", 'theirs', 'running', now())",
                "INSERT INTO promptforge.spans (organization_id, trace_id, id, started_at, name, kind, status) VALUES ("
                        + id(2, 1) + ", " + TRACE + ", " + id(2, 14) + ", now(), 'theirs', 'llm', 'running')",
                "INSERT INTO promptforge.evaluation_results (organization_id, id, evaluation_id, test_name, outcome, trace_id, project_id) VALUES ("
                        + id(2, 1) + ", " + id(2, 77) + ", " + id(2, 9) + ", 'theirs', 'passed', " + TRACE + ", "
                        + id(2, 5)
                        + ")",
                "UPDATE promptforge.policy_violations SET trace_id = " + TRACE + " WHERE id = " + id(2, 12),
                "INSERT INTO promptforge.users (organization_id, id, email, password_hash, full_name, role) SELECT organization_id, "
                        + USER
                        + ", 'theirs@example.com', password_hash, 'Theirs', 'viewer' FROM promptforge.users WHERE id = "
                        + id(2, 2));
        Backup.of(source).write(before);
        String ofFirst = " AND organization_id = " + id(1, 1);
        Sql.run(
                source,
                "UPDATE promptforge.evaluation_results SET trace_id = NULL WHERE trace_id = " + TRACE + ofFirst,
                "UPDATE promptforge.policy_violations SET trace_id = NULL WHERE trace_id = " + TRACE + ofFirst,
                "DELETE FROM promptforge.traces WHERE id = " + TRACE + ofFirst,
                "DELETE FROM promptforge.users WHERE id = " + USER + ofFirst);
        Backup.of(source).erasuresOnly().write(newer);

        TransferReport report = Restore.of(target).replayingErasures(newer).read(before);

        assertThat(report.erased()).isEqualTo(2);
        assertSameAs(source, target);
    }

    @Test
    void rowsThatGoWithTheirOrganizationAndWhatIsSetUnloggedMakeNoEntry() {
        Sql.run(source, "DELETE FROM promptforge.erasures");
        Sql.run(
                source,
                "BEGIN; SET LOCAL search_path TO promptforge; " + Erasures.UNLOGGED + "; DELETE FROM users WHERE id = "
                        + USER + "; COMMIT");
        assertThat(erasures(source)).isZero();

        // the entry of the organization takes the place of those that it had
        Sql.run(
                source,
                "INSERT INTO promptforge.erasures (organization_id, table_name, row_id) VALUES (" + id(2, 1)
                        + ", 'traces', " + TRACE + ")");
        erase();
        assertThat(
                        Sql.column(
                                source,
                                "SELECT concat_ws(' ', table_name, organization_id, row_id) FROM promptforge.erasures ORDER BY 1"))
                .containsExactly(
                        "organizations " + plain(id(2, 1)) + " " + plain(id(2, 1)),
                        "traces " + plain(id(1, 1)) + " " + plain(TRACE));
    }

    @Test
    void anErasureNeverChangesAndAServiceWritesNone() {
        String service = TestServer.newRole("service");
        ServiceRole.of(source).named(service).grant();
        DataSource asService = TestServer.as(source, service);
        String tenant = "BEGIN; SELECT promptforge.set_locally('promptforge.organization_id', " + id(1, 1) + "); ";

        for (String change : List.of(
                "DELETE FROM promptforge.erasures",
                "UPDATE promptforge.erasures SET row_id = id",
                "INSERT INTO promptforge.erasures (organization_id, table_name, row_id) VALUES (" + id(1, 1)
                        + ", 'traces', " + USER + ")")) {
            assertThatThrownBy(() -> Sql.run(asService, tenant + change)).hasMessageContaining("permission denied");
        }
        assertThatThrownBy(() -> Sql.run(source, "UPDATE promptforge.erasures SET row_id = id"))
                .hasMessageContaining("never changes");

        Sql.run(asService, tenant + "DELETE FROM promptforge.users WHERE id = " + USER + "; COMMIT");
        assertThat(Sql.column(source, "SELECT row_id FROM promptforge.erasures WHERE table_name = 'users'"))
                .containsExactly(plain(USER));
    }

    @Test
    void anImportOfAnOrganizationOverItselfErasesNothing() {
        Path export = older.resolveSibling("first.export");
        Backup.of(source).organization(UUID.fromString(plain(id(1, 1)))).write(export);
        Sql.run(source, "UPDATE promptforge.projects SET description = 'edited'");
        List<String> before = Sql.column(source, "SELECT e::text FROM promptforge.erasures e ORDER BY 1");

        assertThat(OrganizationImport.of(source).replacing().read(export).tables())
                .doesNotContainKey("erasures");

        assertThat(Sql.column(source, "SELECT e::text FROM promptforge.erasures e ORDER BY 1"))
                .isEqualTo(before)
                .isNotEmpty();
    }

    @Test
    void anImportDeletesAgainWhatWasDeletedAfterTheExport() {
        Path export = exportOfFirst("first.export");
        eraseOfFirst();
        Backup.of(source).erasuresOnly().write(newer);

        TransferReport report =
                OrganizationImport.of(target).replayingErasures(newer).read(export);

        assertThat(report.erased()).isEqualTo(2);
        assertThat(report.tables()).doesNotContainKey("erasures");
        assertThat(tracesAndUsers(target)).isEqualTo(tracesAndUsers(source)).isNotEmpty();
        assertThat(erasures(target)).isEqualTo(2);
    }

    @Test
    void anImportOverTheRowsThatWereErasedDeletesThemToo() {
        Path export = exportOfFirst("first.export");
        OrganizationImport.of(target).read(export);
        eraseOfFirst();
        Path later = exportOfFirst("later.export");

        TransferReport report =
                OrganizationImport.of(target).replayingErasures(later).read(export);

        assertThat(report.changed()).isTrue();
        assertThat(report.erased()).isEqualTo(2);
        assertThat(tracesAndUsers(target)).isEqualTo(tracesAndUsers(source));
    }

    @Test
    void anImportIntoItsOwnDatabaseKeepsItsLogOnce() {
        Path export = exportOfFirst("first.export");
        eraseOfFirst();
        Backup.of(source).erasuresOnly().write(newer);
        var erased = tracesAndUsers(source);
        var log = Sql.column(source, "SELECT id FROM promptforge.erasures ORDER BY 1");

        OrganizationImport.of(source).replacing().replayingErasures(newer).read(export);

        assertThat(tracesAndUsers(source)).isEqualTo(erased);
        assertThat(Sql.column(source, "SELECT id FROM promptforge.erasures ORDER BY 1"))
                .isEqualTo(log);
    }

    @Test
    void aTraceThatWasRecordedAgainBeforeTheExportStays() {
        eraseOfFirst();
        recordAgain();
        Path export = exportOfFirst("again.export");
        Backup.of(source).erasuresOnly().write(newer);

        assertThat(OrganizationImport.of(target)
                        .replayingErasures(newer)
                        .read(export)
                        .erased())
                .isZero();

        assertThat(Sql.column(target, "SELECT name FROM promptforge.traces WHERE id = " + TRACE))
                .containsExactly("again");
    }

    @Test
    void anImportOfADeletedOrganizationOrWithTheErasuresOfAnotherIsRefused() {
        Path export = exportOfFirst("first.export");
        Path other = older.resolveSibling("second.export");
        Backup.of(source).organization(UUID.fromString(plain(id(2, 1)))).write(other);
        Sql.run(source, "DELETE FROM promptforge.organizations WHERE id = " + id(1, 1));
        Backup.of(source).erasuresOnly().write(newer);

        refused(
                Reason.CONFLICT,
                () -> OrganizationImport.of(target).replayingErasures(newer).read(export));
        refused(
                Reason.OTHER_KIND,
                () -> OrganizationImport.of(target).replayingErasures(other).read(export));
        refused(
                Reason.OTHER_KIND,
                () -> Restore.of(target).replayingErasures(other).read(older));

        assertThat(Sql.column(target, "SELECT id FROM promptforge.organizations"))
                .isEmpty();
    }

    @Test
    void whatHasNoErasuresOrNothingElseIsRefused() {
        Backup.of(source).erasuresOnly().write(newer);
        DataSource empty = TestServer.emptyDatabase();
        refused(Reason.OTHER_KIND, () -> Restore.of(empty).read(newer));

        Migrations.of(source).rollbackTo("14");
        Path oldest = older.resolveSibling("oldest.backup");
        Backup.of(source).write(oldest);
        refused(
                Reason.OTHER_KIND,
                () -> Restore.of(empty).replayingErasures(oldest).read(older));
        refused(Reason.SCHEMA, () -> Restore.of(empty).replayingErasures(newer).read(oldest));
        assertThat(Sql.column(empty, "SELECT nspname FROM pg_namespace WHERE nspname = 'promptforge'"))
                .isEmpty();
    }

    private void erase() {
        eraseOfFirst();
        Sql.run(source, "DELETE FROM promptforge.organizations WHERE id = " + id(2, 1));
    }

    private void eraseOfFirst() {
        Sql.run(
                source,
                "UPDATE promptforge.evaluation_results SET trace_id = NULL WHERE trace_id = " + TRACE,
                "UPDATE promptforge.policy_violations SET trace_id = NULL WHERE trace_id = " + TRACE,
                "DELETE FROM promptforge.traces WHERE id = " + TRACE,
                "DELETE FROM promptforge.users WHERE id = " + USER);
    }

    private void recordAgain() {
        Sql.run(
                source,
                "INSERT INTO promptforge.traces (organization_id, id, project_id, name, status, started_at) SELECT organization_id, "
                        + TRACE + ", id, 'again', 'running', now() FROM promptforge.projects WHERE id = " + id(1, 5));
    }

    private Path exportOfFirst(String name) {
        Path export = older.resolveSibling(name);
        Backup.of(source).organization(UUID.fromString(plain(id(1, 1)))).write(export);
        return export;
    }

    private static List<String> tracesAndUsers(DataSource database) {
        return Sql.column(
                database,
                "SELECT id FROM promptforge.traces WHERE organization_id = " + id(1, 1)
                        + " UNION ALL SELECT id FROM promptforge.users WHERE organization_id = " + id(1, 1)
                        + " UNION ALL SELECT trace_id FROM promptforge.spans WHERE organization_id = " + id(1, 1)
                        + " ORDER BY 1");
    }

    private static int erasures(DataSource database) {
        return Integer.parseInt(Sql.column(database, "SELECT count(*) FROM promptforge.erasures")
                .get(0));
    }

    private static void assertSameAs(DataSource expected, DataSource actual) {
        var wanted = content(expected);
        var found = content(actual);
        wanted.keySet().removeAll(AUDIT_LOG);
        found.keySet().removeAll(AUDIT_LOG);
        // By the database, at the time of the change.
        List.of(wanted, found).forEach(tables -> tables.replaceAll((table, rows) -> withoutUpdatedAt(table, rows)));
        assertThat(found).isEqualTo(wanted);
    }

    private static String withoutUpdatedAt(String table, String rows) {
        return table.equals("policy_violations") ? rows.replaceAll("(?m)\"[^\"]*\"\\)$", "") : rows;
    }

    private static String plain(String literal) {
        return literal.replace("'", "");
    }
}
