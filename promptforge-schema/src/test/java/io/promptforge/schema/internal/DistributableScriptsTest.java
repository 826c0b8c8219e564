package io.promptforge.schema.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.schema.MigrationScript;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.TestServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributableScriptsTest {

    @Test
    void everyScriptAlsoRunsOnDistributedTables() {
        assertThat(DistributableScripts.problems(
                        Migrations.of(TestServer.emptyDatabase()).scripts()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER TABLE t ADD COLUMN c text, ADD CONSTRAINT t_c_length CHECK (c <> '')    | in a statement each
            ALTER TABLE t DROP CONSTRAINT t_c_length, ALTER COLUMN c TYPE bigint          | in a statement each
            ALTER TABLE t ADD COLUMN c text CHECK (c <> '')                               | with a name
            ALTER TABLE t ADD COLUMN c uuid REFERENCES other                              | with a name
            DROP INDEX t_a_idx, t_b_idx                                                   | statement of its own
            CREATE TABLE t (organization_id uuid, n bigint GENERATED ALWAYS AS IDENTITY)  | uuid keys
            ALTER TABLE t ADD COLUMN n serial                                             | uuid keys
            ALTER TABLE t RENAME CONSTRAINT a TO b                                        | with the other name
            ALTER TABLE spans DETACH PARTITION spans_default CONCURRENTLY                 | without CONCURRENTLY
            ALTER TABLE t ALTER COLUMN c SET STORAGE EXTERNAL                             | leave the storage
            CREATE TABLE t () INHERITS (other)                                            | use partitions
            MERGE INTO t USING other ON t.id = other.id WHEN MATCHED THEN DELETE          | ON CONFLICT or UPDATE
            """)
    void whatCitusRefusesIsFoundInTheScriptAndInItsUndoScript(String sql, String remedy) {
        assertThat(DistributableScripts.problems(List.of(script(sql, "SELECT 1"))))
                .singleElement()
                .asString()
                .startsWith("V99__more.sql: ")
                .endsWith(remedy);
        assertThat(DistributableScripts.problems(List.of(script("SELECT 1", sql))))
                .singleElement()
                .asString()
                .startsWith("the undo script of V99__more.sql: ");
    }

    @Test
    void aTableThatIsNotDistributedYetIsNotReferredTo() {
        String create = "CREATE TABLE notes (organization_id uuid, id uuid); ";
        String isolate = "SELECT isolate_tenants('notes'); ";
        String refer = "ALTER TABLE traces ADD CONSTRAINT traces_note_id_fkey\n"
                + " FOREIGN KEY (organization_id, note_id) REFERENCES notes (organization_id, id); ";

        for (String sql : List.of(create + refer, create + refer + isolate)) {
            assertThat(DistributableScripts.problems(List.of(script(sql, ""))))
                    .singleElement()
                    .asString()
                    .startsWith("V99__more.sql: ALTER TABLE traces ADD CONSTRAINT traces_note_id_fkey")
                    .endsWith("call isolate_tenants('notes') before, which distributes the new table");
        }
        assertThat(DistributableScripts.problems(List.of(
                        script(create + isolate + refer, ""),
                        script(refer, ""),
                        script(refer.replace("traces", "notes"), ""))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t ADD COLUMN c text; ALTER TABLE t ADD CONSTRAINT t_c_length CHECK (char_length(c) IN (1, 2));",
                "ALTER TABLE t ADD COLUMN a text, ADD COLUMN b text",
                "ALTER TABLE t ADD COLUMN c text CONSTRAINT t_c_length CHECK (c <> '')",
                "ALTER TABLE t ADD CONSTRAINT t_c_key UNIQUE (organization_id, c)",
                "DROP INDEX t_a_idx; DROP INDEX t_b_idx",
                "COMMENT ON COLUMN t.c IS 'serial, MERGE'"
            })
    void whatCitusAcceptsIsAccepted(String sql) {
        assertThat(DistributableScripts.problems(List.of(script(sql, sql)))).isEmpty();
    }

    private static MigrationScript script(String sql, String undo) {
        return new MigrationScript("99", "V99__more.sql", 0, sql, Optional.of(undo));
    }
}
