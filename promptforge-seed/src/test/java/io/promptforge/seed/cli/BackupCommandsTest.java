package io.promptforge.seed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.seed.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups, restores, exports and imports by commands. */
class BackupCommandsTest extends CommandTest {

    @Test
    void anOperatorBacksUpDestroysAndRestores(@TempDir Path folder) throws IOException {
        String backup = folder.resolve("all.backup").toString();
        run("migrate", "--url", url);
        run("seed", "--url", url);

        assertThat(run("backup", backup, "--url", url)).isZero();
        assertThat(run("restore", backup, "--url", url)).isEqualTo(1);
        assertThat(err.toString()).contains("has rows in");
        assertThat(run("restore", backup, "--delete-all-data-of", "promptforge", "--url", url))
                .isZero();
        assertThat(run("reset", "--delete-all-data-of", "promptforge", "--url", url))
                .isZero();
        out.getBuffer().setLength(0);
        assertThat(run("restore", backup, "--json", "--url", url)).isZero();

        assertThat(document().get("tables").get("spans").asInt()).isEqualTo(25);
        assertThat(run("seed", "--url", url)).isZero();
        assertThat(out.toString()).contains("nothing was changed");
    }

    @Test
    void anOperatorRestoresWithoutWhatWasDeletedAfterTheBackup(@TempDir Path folder) throws SQLException {
        String older = folder.resolve("older.backup").toString();
        String erasures = folder.resolve("erasures.backup").toString();
        run("migrate", "--url", url);
        run("seed", "--url", url);
        run("backup", older, "--url", url);
        execute("DELETE FROM promptforge.organizations");
        assertThat(run("backup", erasures, "--erasures-only", "--url", url)).isZero();

        assertThat(run(
                        "restore",
                        older,
                        "--replay-erasures",
                        erasures,
                        "--delete-all-data-of",
                        "promptforge",
                        "--url",
                        url))
                .isZero();

        assertThat(out.toString()).contains("Deleted again, as " + erasures + " says: 1.");
        assertThat(run("restore", erasures, "--url", url)).isEqualTo(1);
        assertThat(err.toString()).contains("has erasures only");
    }

    @Test
    void anOperatorMovesAnOrganizationToAnotherDatabase(@TempDir Path folder) throws SQLException {
        String export = folder.resolve("demo.export").toString();
        String other = TestServer.url(TestServer.emptyDatabase());
        run("migrate", "--url", url);
        run("migrate", "--url", other);
        run("seed", "--url", url);

        assertThat(run("export-org", "promptforge-demo", export, "--url", url)).isZero();
        assertThat(run("export-org", "nobody", export + "2", "--url", url)).isEqualTo(2);
        assertThat(run("import-org", export, "--url", other)).isZero();
        assertThat(run("import-org", export, "--replace", "--url", other)).isZero();

        execute("DELETE FROM promptforge.traces WHERE id = (SELECT max(id::text)::uuid FROM promptforge.traces)");
        run("export-org", "promptforge-demo", export + "3", "--url", url);
        assertThat(run("import-org", export, "--replay-erasures", export + "3", "--url", other))
                .isZero();

        assertThat(out.toString())
                .contains("was imported: ")
                .contains("is there already, with equal rows")
                .contains("Deleted again, as " + export + "3 says: 1.");
        assertThat(err.toString()).contains("There is no organization with the slug 'nobody'");
    }
}
