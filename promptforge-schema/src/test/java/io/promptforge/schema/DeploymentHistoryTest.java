package io.promptforge.schema;

import static io.promptforge.schema.TrialTransaction.CHECK;
import static io.promptforge.schema.TrialTransaction.FOREIGN_KEY;
import static io.promptforge.schema.TrialTransaction.UNIQUE;
import static io.promptforge.schema.jooq.tables.PromptDeployments.PROMPT_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One deployment at a time is live in an environment; it ends once, and never changes otherwise. */
class DeploymentHistoryTest extends RefusalTest {

    private static final String ORGANIZATION = SampleRows.id(1, 1);
    private static final String USER = SampleRows.id(1, 2);
    private static final String PROMPT = SampleRows.id(1, 6);
    private static final String VERSION = SampleRows.id(1, 7);
    private static final String ENDED = SampleRows.id(1, 16);
    private static final String LIVE = SampleRows.id(1, 17);
    private static final String SOME_ID = SampleRows.id(1, 99);

    /** A new value for each column except those of the end and updated_at. */
    static Stream<String> changes() {
        return Arrays.stream(PROMPT_DEPLOYMENTS.fields())
                .map(Field::getName)
                // Citus moves no row to another tenant, whatever the schema says.
                .filter(column -> !column.equals("organization_id") || !TestServer.isCluster())
                .filter(column -> !List.of("ended_by", "ended_at", "updated_at").contains(column))
                .map(column -> column + " = " + otherValue(column));
    }

    private static String otherValue(String column) {
        if (column.equals("environment")) {
            return "'elsewhere'";
        }
        return column.endsWith("_at") ? "'epoch'" : SOME_ID;
    }

    @Test
    void aDeploymentIsDeletedOnlyWithItsPrompt() throws SQLException {
        attempt.refused(CHECK, "prompt_deployments_kept", "DELETE FROM prompt_deployments WHERE id = " + ENDED);
        attempt.refused(CHECK, "prompt_deployments_kept", "DELETE FROM prompt_deployments WHERE id = " + LIVE);

        attempt.run("UPDATE evaluations SET prompt_id = NULL, prompt_version_id = NULL");
        attempt.run("UPDATE traces SET prompt_version_id = NULL");
        attempt.run("DELETE FROM prompts WHERE id = " + PROMPT);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aLiveDeploymentDoesNotChangeNotEvenWhenItEnds(String change) {
        attempt.refused(CHECK, "prompt_deployments_history", update(LIVE, change));
        attempt.refused(CHECK, "prompt_deployments_history", update(LIVE, change + ", ended_at = now()"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NULL", "deployed_by"})
    void aLiveDeploymentEndsOnceByAUserOrAService(String endedBy) throws SQLException {
        attempt.run(update(LIVE, "ended_at = now(), ended_by = " + endedBy));

        attempt.refused(CHECK, "prompt_deployments_history", update(LIVE, "ended_at = now(), ended_by = " + endedBy));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ended_at = NULL, ended_by = NULL",
                "ended_at = now()",
                "ended_by = NULL",
                "environment = 'elsewhere'",
                "ended_at = ended_at"
            })
    void anEndedDeploymentNeverChanges(String change) {
        attempt.refused(CHECK, "prompt_deployments_history", update(ENDED, change));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ended_at = '2026-01-01 23:59:59Z' | prompt_deployments_ended_at_order",
                "ended_by = deployed_by            | prompt_deployments_ended_by_actor"
            })
    void anEndThatCannotBe(String change, String constraint) {
        attempt.refused(CHECK, constraint, update(LIVE, change));
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "' '", "repeat('x', 101)"})
    void anEnvironmentWithoutANameOrWithATooLongOne(String environment) {
        attempt.refused(CHECK, "prompt_deployments_environment_length", insert(PROMPT, VERSION, USER, environment));
    }

    @Test
    void oneDeploymentIsLiveInAnEnvironment() throws SQLException {
        attempt.refused(UNIQUE, "prompt_deployments_environment_key", insert(PROMPT, VERSION, USER, "'production'"));

        attempt.run(insert(PROMPT, VERSION, USER, "'staging'"));
        attempt.run(update(LIVE, "ended_at = now()"));
        attempt.run(insert(PROMPT, VERSION, USER, "'production'"));
    }

    @Test
    void aPromptHasDeploymentsOfItsOwnVersionsOnlyAndTheyAreDeletedWithIt() throws SQLException {
        attempt.run("INSERT INTO prompts (organization_id, id, project_id, name) VALUES (" + ORGANIZATION + ", "
                + SOME_ID + ", " + SampleRows.id(1, 5) + ", 'Another')");
        attempt.run("INSERT INTO prompt_versions (organization_id, id, prompt_id, version_number, messages) VALUES ("
                + ORGANIZATION + ", " + SOME_ID + ", " + SOME_ID + ", 1, '[{\"placeholder\":\"x\"}]')");

        attempt.refused(
                FOREIGN_KEY,
                "prompt_deployments_prompt_version_id_fkey",
                insert(SOME_ID, VERSION, USER, "'production'"));
        attempt.run(insert(SOME_ID, SOME_ID, USER, "'production'"));
        attempt.run("DELETE FROM prompts WHERE id = " + SOME_ID);

        assertThat(attempt.one("SELECT count(*) FROM prompt_deployments WHERE prompt_id = " + SOME_ID))
                .isEqualTo("0");
    }

    @Test
    void noReferencePointsIntoAnotherOrganization() {
        attempt.refused(
                FOREIGN_KEY,
                "prompt_deployments_prompt_id_fkey",
                insert(SampleRows.id(2, 6), SampleRows.id(2, 7), USER, "'staging'"));
        attempt.refused(
                FOREIGN_KEY,
                "prompt_deployments_prompt_version_id_fkey",
                insert(PROMPT, SampleRows.id(2, 7), USER, "'staging'"));
        attempt.refused(
                FOREIGN_KEY,
                "prompt_deployments_deployed_by_fkey",
                insert(PROMPT, VERSION, SampleRows.id(2, 2), "'staging'"));
        attempt.refused(
                FOREIGN_KEY,
                "prompt_deployments_ended_by_fkey",
                update(LIVE, "ended_at = now(), ended_by = " + SampleRows.id(2, 2)));
    }

    private static String update(String deployment, String change) {
        return "UPDATE prompt_deployments SET " + change + " WHERE id = " + deployment;
    }

    private static String insert(String prompt, String version, String deployedBy, String environment) {
        return """
                INSERT INTO prompt_deployments (organization_id, id, prompt_id, prompt_version_id, environment, deployed_by, deployed_at)
                VALUES (%s, gen_random_uuid(), %s, %s, %s, %s, now())""".formatted(ORGANIZATION, prompt, version, environment, deployedBy);
    }
}
