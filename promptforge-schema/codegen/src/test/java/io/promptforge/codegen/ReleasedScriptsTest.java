package io.promptforge.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of a released version stay as they are. The version here is made up: nothing depends on a real release. */
class ReleasedScriptsTest {

    private MigrationScripts scripts;
    private ReleasedScripts released;

    @BeforeEach
    void releaseTwoScripts(@TempDir Path folder) throws IOException {
        scripts = new MigrationScripts(Files.createDirectory(folder.resolve("migration")));
        released = new ReleasedScripts(Files.createDirectory(folder.resolve("released")));
        write("V1__users.sql", "CREATE TABLE users ();\n");
        write("U1__users.sql", "DROP TABLE users;\n");
        write("V2__prompts.sql", "CREATE TABLE prompts ();\n");
        write("U2__prompts.sql", "DROP TABLE prompts;\n");
        freeze("7.0.0");
    }

    @Test
    void unchangedScriptsAreAccepted() throws IOException {
        assertThat(violations("7.0.0")).isEmpty();
        assertThat(violations("7.1.0-SNAPSHOT")).isEmpty();
    }

    @Test
    void lineEndsDoNotMatter() throws IOException {
        write("V1__users.sql", "CREATE TABLE users ();\r\n");

        assertThat(violations("7.1.0-SNAPSHOT")).isEmpty();
    }

    @Test
    void anEditedScriptIsRefused() throws IOException {
        write("V1__users.sql", "CREATE TABLE users (id uuid);\n");

        assertThat(violations("7.1.0-SNAPSHOT"))
                .singleElement()
                .asString()
                .startsWith("V1__users.sql was released in 7.0.0 and has changed");
    }

    @Test
    void anEditedUndoScriptIsRefused() throws IOException {
        write("U2__prompts.sql", "");

        assertThat(violations("7.1.0-SNAPSHOT"))
                .singleElement()
                .asString()
                .startsWith("U2__prompts.sql was released in 7.0.0 and has changed");
    }

    @Test
    void aRemovedScriptIsRefused() throws IOException {
        Files.delete(scripts.folder().resolve("U1__users.sql"));

        assertThat(violations("7.1.0-SNAPSHOT")).containsExactly("U1__users.sql was released in 7.0.0 and is gone");
    }

    @Test
    void scriptsThatChangePlacesAreRefused() throws IOException {
        Files.delete(scripts.folder().resolve("V1__users.sql"));
        Files.delete(scripts.folder().resolve("V2__prompts.sql"));
        write("V1__prompts.sql", "CREATE TABLE prompts ();\n");
        write("V2__users.sql", "CREATE TABLE users ();\n");

        assertThat(violations("7.1.0-SNAPSHOT"))
                .containsExactlyInAnyOrder(
                        "V1__users.sql was released in 7.0.0 and is gone",
                        "V2__prompts.sql was released in 7.0.0 and is gone",
                        "V1__prompts.sql comes before scripts that were released in 7.0.0: number it from 3 on",
                        "V2__users.sql comes before scripts that were released in 7.0.0: number it from 3 on");
    }

    @Test
    void aNewScriptComesAfterTheReleasedOnes() throws IOException {
        write("V3__traces.sql", "CREATE TABLE traces ();\n");
        assertThat(violations("7.1.0-SNAPSHOT")).isEmpty();

        write("V0__first.sql", "CREATE TABLE first ();\n");
        assertThat(violations("7.1.0-SNAPSHOT"))
                .containsExactly("V0__first.sql comes before scripts that were released in 7.0.0: number it from 3 on");
    }

    @Test
    void aReleaseWithoutItsFileIsRefused() throws IOException {
        assertThat(violations("7.1.0"))
                .containsExactly("version 7.1.0 is not frozen: "
                        + released.folder().resolve("7.1.0.sha256") + " does not exist");
        freeze("7.1.0");
        assertThat(violations("7.1.0")).isEmpty();
    }

    @Test
    void aScriptThatIsAddedToAReleaseIsRefused() throws IOException {
        write("V3__traces.sql", "CREATE TABLE traces ();\n");

        assertThat(violations("7.0.0"))
                .containsExactly("V3__traces.sql is not in " + released.folder().resolve("7.0.0.sha256"));
    }

    @Test
    void withoutAnyReleaseEverythingMayChange() throws IOException {
        Files.delete(released.folder().resolve("7.0.0.sha256"));
        Files.delete(released.folder());

        assertThat(violations("7.0.0-SNAPSHOT")).isEmpty();
        assertThat(violations("7.0.0")).hasSize(1);
    }

    private List<String> violations(String version) throws IOException {
        return released.violations(scripts.checksums(), version);
    }

    private void freeze(String version) throws IOException {
        Files.writeString(released.folder().resolve(version + ".sha256"), ReleasedScripts.text(scripts.checksums()));
    }

    private void write(String fileName, String text) throws IOException {
        Files.writeString(scripts.folder().resolve(fileName), text);
    }
}
