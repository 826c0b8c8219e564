package io.promptforge.seed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.promptforge.schema.Migrations;
import io.promptforge.seed.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drafts of migration scripts by the command. */
class NewMigrationCommandTest extends CommandTest {

    @Test
    void anAuthorDraftsAMigrationFromADatabase(@TempDir Path folder) throws Exception {
        run("migrate", "--url", url);
        assertThat(run("new-migration", "nothing", "--folder", folder.toString(), "--url", url))
                .isZero();
        assertThat(out.toString()).contains("nothing was written");
        execute("ALTER TABLE promptforge.prompts ADD COLUMN colour text");
        String next = String.valueOf(MIGRATIONS + 1);

        assertThat(run("new-migration", "prompt_colours", "--folder", folder.toString(), "--url", url))
                .isZero();

        assertThat(folder.resolve("V" + next + "__prompt_colours.sql"))
                .hasContent("ALTER TABLE prompts ADD COLUMN colour text;");
        assertThat(folder.resolve("U" + next + "__prompt_colours.sql"))
                .content()
                .contains("DROP COLUMN colour;");
        assertThat(run("new-migration", "again", "--folder", folder.toString(), "--url", url))
                .isEqualTo(1);
        assertThat(err.toString()).contains("is not known to this build").doesNotContain("\tat ");
    }

    @Test
    void anAuthorDraftsAMigrationFromAFileOfSql(@TempDir Path folder) throws IOException {
        StringBuilder schema = new StringBuilder("\\restrict psql\n");
        Migrations.of(TestServer.dataSource(TestServer.emptyDatabase()))
                .scripts()
                .forEach(script -> schema.append(script.sql()));
        Path file =
                Files.writeString(folder.resolve("schema.sql"), schema + "ALTER TABLE prompts ADD COLUMN colour text;");
        Path broken = Files.writeString(folder.resolve("broken.sql"), "CREATE TABEL x ();");

        assertThat(run("new-migration", "colours", "--file", file.toString(), "--folder", folder.toString(), "--json"))
                .isZero();

        JsonNode document = document();
        assertThat(document.get("version").asInt()).isEqualTo(MIGRATIONS + 1);
        assertThat(document.get("unexpressed")).isEmpty();
        assertThat(Path.of(document.get("scripts").get(0).asText()))
                .hasContent("ALTER TABLE prompts ADD COLUMN colour text;");
        assertThat(run("new-migration", "colours", "--file", broken.toString())).isEqualTo(2);
        assertThat(run(
                        "new-migration",
                        "colours",
                        "--file",
                        folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("cannot be run: ERROR: syntax error", "none cannot be read");
    }
}
