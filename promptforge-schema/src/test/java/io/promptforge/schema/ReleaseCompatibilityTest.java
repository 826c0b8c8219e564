package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.schema.ReleaseCompatibility.State;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** New scripts leave what the repositories of the newest released version use. */
class ReleaseCompatibilityTest {

    private final PGSimpleDataSource database = TestServer.migratedDatabase();

    /** Compares nothing as long as there is no release. */
    @Test
    void theNewScriptsLeaveWhatTheReleasedVersionUses() throws IOException, SQLException {
        int released = ScriptReview.newestReleased(Path.of("released-scripts"));
        List<MigrationScript> added = Migrations.of(database).scripts().stream()
                .filter(script -> Integer.parseInt(script.version()) > released)
                .toList();
        State later = state();
        if (released > 0) {
            Migrations.of(database).rollbackTo(String.valueOf(released));
        }

        assertThat(ReleaseCompatibility.problems(released > 0 ? state() : later, later, added))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER TABLE prompts DROP COLUMN description                              | prompts.description is gone
            ALTER TABLE prompts RENAME COLUMN description TO summary                 | prompts.description is gone
            ALTER TABLE repriced_spans RENAME TO repriced                            | repriced_spans.cost_after is gone
            ALTER TABLE projects ALTER COLUMN trace_retention_days TYPE smallint     | projects.trace_retention_days is smallint instead of integer
            ALTER TABLE projects ALTER COLUMN description SET NOT NULL               | projects.description is required instead of nullable
            ALTER TABLE projects ALTER COLUMN created_at DROP DEFAULT                | projects.created_at is required instead of filled
            ALTER TABLE projects ADD COLUMN colour text NOT NULL                     | projects.colour is new and required
            ALTER TABLE projects ADD CONSTRAINT projects_x CHECK (name <> '')        | projects_x is new
            CREATE UNIQUE INDEX projects_x ON projects (organization_id, description) | projects_x is new
            ALTER TABLE projects DROP CONSTRAINT projects_name_key                   | projects_name_key is gone
            DROP INDEX users_email_key                                               | users_email_key is gone
            DROP FUNCTION find_organization(text)                                    | find_organization(slug text) is gone
            """)
    void aChangeThatBreaksTheReleasedVersionIsRefusedUnlessTheScriptSaysThatItContracts(String change, String problem)
            throws SQLException {
        State released = state();
        Sql.run(database, "SET search_path TO promptforge; " + change);
        State later = state();

        List<String> problems = ReleaseCompatibility.problems(released, later, List.of());

        assertThat(problems).anySatisfy(each -> assertThat(each).startsWith(problem));
        String contracts = String.join(
                "\n",
                problems.stream()
                        .map(each -> "-- contracts: " + each.replaceFirst("[( ].*", "") + ", unused since 0.1.0")
                        .toList());
        assertThat(ReleaseCompatibility.problems(released, later, List.of(script(contracts))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE projects ADD COLUMN colour text",
                "ALTER TABLE projects ADD COLUMN colour text NOT NULL DEFAULT 'none'; "
                        + "ALTER TABLE projects ADD CONSTRAINT projects_colour_values CHECK (colour IN ('none', 'red'))",
                "ALTER TABLE projects ADD COLUMN colour text; CREATE UNIQUE INDEX projects_colour_key ON projects (organization_id, colour)",
                "ALTER TABLE projects ALTER COLUMN name DROP NOT NULL",
                "ALTER TABLE projects ALTER COLUMN description SET DEFAULT ''",
                "CREATE TABLE notes (id uuid NOT NULL, text text NOT NULL, CONSTRAINT notes_pkey PRIMARY KEY (id))",
                "CREATE INDEX projects_description_idx ON projects (organization_id, description)",
                "DROP INDEX users_full_name_idx",
                "CREATE FUNCTION more() RETURNS integer LANGUAGE sql AS 'SELECT 1'"
            })
    void aChangeThatExpandsTheSchemaIsAccepted(String change) throws SQLException {
        State released = state();

        Sql.run(database, "SET search_path TO promptforge; " + change);

        assertThat(ReleaseCompatibility.problems(released, state(), List.of())).isEmpty();
    }

    private State state() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return State.of(connection);
        }
    }

    private static MigrationScript script(String sql) {
        return new MigrationScript("99", "V99__contract.sql", 0, sql, Optional.of("SELECT 1;"));
    }
}
