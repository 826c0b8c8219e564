package io.promptforge.schema.backup;

import static io.promptforge.schema.backup.BackupTest.content;
import static io.promptforge.schema.backup.BackupTest.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.promptforge.schema.Migrations;
import io.promptforge.schema.SampleRows;
import io.promptforge.schema.Sql;
import io.promptforge.schema.TestServer;
import io.promptforge.schema.backup.BackupException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OrganizationImportTest {

    private static final UUID FIRST = UUID.fromString("10000000-0000-7000-8000-000000000001");
    private static final UUID SECOND = UUID.fromString("20000000-0000-7000-8000-000000000001");
    private static final UUID THIRD = UUID.fromString("30000000-0000-7000-8000-000000000001");

    private final Path file;
    private final DataSource source = TestServer.migratedDatabase();
    private final DataSource target = TestServer.migratedDatabase();

    OrganizationImportTest(@TempDir Path folder) {
        this.file = folder.resolve("first.export");
        Sql.run(source, SampleRows.all(1));
        Sql.run(source, SampleRows.all(2));
        Sql.run(target, SampleRows.all(2));
        Backup.of(source).organization(FIRST).write(file);
    }

    @Test
    void anOrganizationComesWithItsIdsIntoADatabaseWithOthers() {
        TransferReport report = OrganizationImport.of(target).read(file);

        assertThat(report.organization()).contains(FIRST);
        assertThat(report.tables()).containsEntry("organizations", 1L);
        assertThat(report.changed()).isTrue();
        assertThat(ofFirst(target)).isEqualTo(ofFirst(source));
    }

    @Test
    void importingAgainWritesNothing() {
        OrganizationImport.of(target).read(file);

        assertThat(OrganizationImport.of(target).read(file).changed()).isFalse();
        assertThat(OrganizationImport.of(target).replacing().read(file).changed())
                .isFalse();
        assertThat(ofFirst(target)).isEqualTo(ofFirst(source));
    }

    @Test
    void anOrganizationWithOtherRowsIsKeptUnlessReplacingIsAskedFor() {
        OrganizationImport.of(target).read(file);
        Sql.run(
                target,
                "UPDATE promptforge.projects SET description = 'edited' WHERE organization_id = '" + FIRST + "'");
        Map<String, String> edited = content(target);

        refused(Reason.NOT_EMPTY, () -> OrganizationImport.of(target).read(file));
        assertThat(content(target)).isEqualTo(edited);

        OrganizationImport.of(target).replacing().read(file);
        assertThat(ofFirst(target)).isEqualTo(ofFirst(source));
    }

    @Test
    void aTakenEmailAddressIsReportedAndNothingIsWritten() {
        Sql.run(
                target,
                "UPDATE promptforge.users SET email = (SELECT '"
                        + Sql.column(
                                        source,
                                        "SELECT email FROM promptforge.users WHERE organization_id = '" + FIRST + "'")
                                .get(0)
                        + "')");
        Map<String, String> before = content(target);

        refused(Reason.CONFLICT, () -> OrganizationImport.of(target).read(file));

        assertThat(content(target)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("rowsOfAnother")
    void rowsOfAnotherOrganizationAreRefused(String table, List<String> columns, String rows, @TempDir Path folder)
            throws IOException {
        Path forged = folder.resolve("forged");
        TreeMap<Integer, Integer> scripts = new TreeMap<>();
        Migrations.of(target).scripts().forEach(it -> scripts.put(Integer.valueOf(it.version()), it.checksum()));
        byte[] bytes = rows.getBytes(UTF_8);
        try (OutputStream out = Files.newOutputStream(forged)) {
            ArchiveWriter archive = new ArchiveWriter(out);
            archive.description(new ArchiveDescription(Instant.now(), "18", scripts, Optional.of(FIRST), List.of()));
            archive.table(new TableLayout(table, columns));
            archive.rows(Block.compress(bytes));
            archive.tableEnd(Block.content(bytes, bytes.length));
            archive.end();
        }
        Map<String, String> before = content(target);

        refused(Reason.FOREIGN_ROWS, () -> OrganizationImport.of(target).read(forged));

        assertThat(content(target)).isEqualTo(before);
    }

    /** The whole row, the second row, and rows that begin with the id of the first organization in another column. */
    static Stream<Arguments> rowsOfAnother() {
        List<String> organization = List.of("id", "name", "slug");
        List<String> project = List.of("organization_id", "id", "name");
        return Stream.of(
                arguments("organizations", organization, THIRD + "\tForged\tforged\n"),
                arguments("organizations", List.of("slug", "name", "id"), FIRST + "\tForged\t" + THIRD + "\n"),
                arguments("projects", project, SECOND + "\t" + THIRD + "\tForged\n"),
                arguments(
                        "projects",
                        project,
                        FIRST + "\t" + THIRD + "\tForged\n" + SECOND + "\t" + THIRD + "\tForged\n"),
                arguments("projects", List.of("id", "organization_id", "name"), FIRST + "\t" + SECOND + "\tForged\n"),
                arguments("projects", List.of(), "\n"));
    }

    /** The log of erasures stays with its database. */
    private static Map<String, String> ofFirst(DataSource database) {
        Map<String, String> rows = content(database);
        rows.remove("erasures");
        rows.replaceAll((table, text) ->
                text.lines().filter(line -> line.startsWith("(" + FIRST)).collect(Collectors.joining("\n")));
        return rows;
    }

    @Test
    void anArchiveOfAReleaseWithOtherScriptsIsRefused(@TempDir Path folder) throws IOException {
        Path other = folder.resolve("other");
        try (OutputStream out = Files.newOutputStream(other)) {
            ArchiveWriter archive = new ArchiveWriter(out);
            archive.description(new ArchiveDescription(
                    Instant.now(), "18", new TreeMap<>(Map.of(1, 1)), Optional.of(FIRST), List.of()));
            archive.end();
        }

        refused(Reason.UNKNOWN_VERSION, () -> OrganizationImport.of(target).read(other));
    }
}
