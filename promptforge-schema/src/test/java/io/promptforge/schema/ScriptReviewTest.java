package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptReviewTest {

    @Test
    void noNewScriptStopsAServiceInUse() throws IOException {
        List<MigrationScript> scripts =
                Migrations.of(TestServer.emptyDatabase()).scripts();

        assertThat(ScriptReview.problems(scripts, ScriptReview.newestReleased(Path.of("released-scripts"))))
                .isEmpty();
    }

    @Test
    void theNewestReleasedScriptIsTheGreatestNumberInTheFrozenChecksums(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("0.1.0.sha256"), "ab  V1__a.sql\nab  U1__a.sql\nab  V10__b.sql\n");
        Files.writeString(folder.resolve("0.2.0.sha256"), "ab  V1__a.sql\nab  V12__c.sql\n");

        assertThat(ScriptReview.newestReleased(folder)).isEqualTo(12);
        assertThat(ScriptReview.newestReleased(folder.resolve("missing"))).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE spans ALTER COLUMN name TYPE varchar(9);",
                "ALTER TABLE spans ADD CONSTRAINT spans_name_length CHECK (name <> '');",
                "ALTER TABLE spans ALTER COLUMN name SET NOT NULL;",
                "CREATE INDEX spans_name_idx ON spans (name);",
                "UPDATE spans SET name = 'x';"
            })
    void aScriptThatStopsAServiceIsRefusedFromTheFirstReleaseOn(String sql) {
        assertThat(ScriptReview.problems(List.of(script(sql)), 10))
                .singleElement()
                .asString()
                .startsWith("V11__more.sql: ");
        assertThat(ScriptReview.problems(List.of(script(sql)), 0)).isEmpty();
        assertThat(ScriptReview.problems(List.of(script(sql)), 11)).isEmpty();
        assertThat(ScriptReview.problems(List.of(script("-- accepted: the table is small\n" + sql)), 10))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE spans ADD COLUMN colour text;",
                "ALTER TABLE spans ADD CONSTRAINT spans_name_length CHECK (name <> '') NOT VALID;",
                "ALTER TABLE spans VALIDATE CONSTRAINT spans_name_length;",
                "CREATE TABLE fresh (id uuid); CREATE INDEX fresh_idx ON fresh (id);"
            })
    void aScriptThatTakesAMomentIsAccepted(String sql) {
        assertThat(ScriptReview.problems(List.of(script(sql)), 10)).isEmpty();
    }

    @Test
    void aScriptWithoutUndoScriptIsRefused() {
        MigrationScript script = new MigrationScript("11", "V11__more.sql", 0, "SELECT 1;", Optional.empty());

        assertThat(ScriptReview.problems(List.of(script), 10)).containsExactly("V11__more.sql has no undo script");
    }

    private static MigrationScript script(String sql) {
        return new MigrationScript("11", "V11__more.sql", 0, sql, Optional.of("SELECT 1;"));
    }
}
