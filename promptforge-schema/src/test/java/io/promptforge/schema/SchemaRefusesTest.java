package io.promptforge.schema;

import static io.promptforge.schema.TrialTransaction.CHECK;
import static io.promptforge.schema.TrialTransaction.FOREIGN_KEY;
import static io.promptforge.schema.TrialTransaction.UNIQUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.postgres.CitusCluster;
import io.promptforge.schema.TrialTransaction.Refusal;
import io.promptforge.schema.jooq.Promptforge;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that the database itself refuses, by a constraint or trigger whose name tells the reason. */
class SchemaRefusesTest extends RefusalTest {

    private static final String ORGANIZATION = SampleRows.id(1, 1);
    private static final String OTHER_ORGANIZATION = SampleRows.id(2, 1);
    private static final String PROJECT = SampleRows.id(1, 5);
    private static final String MESSAGES = "'[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"text\":\"x\"}]}]'";
    private static final String PROMPT = SampleRows.id(1, 6);
    private static final String SOME_ID = SampleRows.id(1, 99);
    /** Citus refuses itself that a row moves to another shard. */
    private static final Refusal MOVED_ON_CITUS = new Refusal("0A000", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "template_format = 'plain'",
                "messages = '[{\"placeholder\":\"history\"}]'",
                "redaction_note = 'secret'",
                "redacted_at = now(), redaction_note = 'secret', tags = '{x}'",
                "redacted_at = now(), redaction_note = 'secret', content_hash = 'x'",
                "tags = '{x}'",
                "created_at = now()",
                "version_number = 3",
                "messages = messages"
            })
    void aChangeOfAPromptVersion(String change) {
        attempt.refused(
                CHECK,
                "prompt_versions_immutable",
                "UPDATE prompt_versions SET " + change + " WHERE id = " + SampleRows.id(1, 8));
    }

    @Test
    void aChangeOfARedactedPromptVersion() throws SQLException {
        String redact = "UPDATE prompt_versions SET redacted_at = now(), redaction_note = 'secret' WHERE id = "
                + SampleRows.id(1, 8);
        String hash = "SELECT content_hash FROM prompt_versions WHERE id = " + SampleRows.id(1, 8);
        String before = attempt.one(hash);
        attempt.run(redact);
        assertThat(attempt.one(hash)).isEqualTo(before);
        assertThat(attempt.one("SELECT messages #>> '{0,parts,0,text}' FROM prompt_versions WHERE id = "
                        + SampleRows.id(1, 8)))
                .isEqualTo("secret");

        attempt.refused(CHECK, "prompt_versions_immutable", redact);
        attempt.refused(
                CHECK,
                "prompt_versions_immutable",
                "UPDATE prompt_versions SET redacted_at = NULL, redaction_note = NULL" + " WHERE id = "
                        + SampleRows.id(1, 8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "[1]",
                "[{}]",
                "[{\"role\":\"user\",\"parts\":[]}]",
                "[{\"role\":\"narrator\",\"parts\":[{\"type\":\"text\",\"text\":\"x\"}]}]",
                "[{\"role\":\"user\",\"parts\":\"x\"}]",
                "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\"}]}]",
                "[{\"role\":\"user\",\"parts\":[{\"type\":\"video\",\"url\":\"x\"}]}]",
                "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"text\":\"x\"}]},7]"
            })
    void messagesWithoutRolesOrParts(String messages) {
        attempt.refused(
                CHECK,
                "prompt_versions_messages_document",
                "INSERT INTO prompt_versions (organization_id, id, prompt_id, version_number, messages) VALUES ("
                        + ORGANIZATION + ", " + SOME_ID + ", " + PROMPT + ", 3, '" + messages + "')");
    }

    @Test
    void theDeletionOfAPromptVersionWithoutItsPrompt() throws SQLException {
        attempt.refused(CHECK, "prompt_versions_kept", "DELETE FROM prompt_versions WHERE id = " + SampleRows.id(1, 7));
        attempt.refused(CHECK, "prompt_versions_kept", "DELETE FROM prompt_versions");

        String prompt = prompt();
        attempt.run("INSERT INTO prompt_versions (organization_id, id, prompt_id, version_number, messages) VALUES ("
                + ORGANIZATION
                + ", gen_random_uuid(), " + prompt + ", 1, " + MESSAGES + "), (" + ORGANIZATION
                + ", gen_random_uuid(), "
                + prompt + ", 2, " + MESSAGES + ")");
        attempt.run("DELETE FROM prompts WHERE id = " + prompt);
        assertThat(attempt.one("SELECT count(*) FROM prompt_versions WHERE prompt_id = " + prompt))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({
        "4, prompt_versions_previous_version_number_fkey, 23503",
        "2, prompt_versions_version_number_key, 23505",
        "0, prompt_versions_version_number_range, 23514",
        "-1, prompt_versions_version_number_range, 23514"
    })
    void aVersionNumberThatIsNotTheNext(int number, String constraint, String state) {
        attempt.refused(
                state,
                constraint,
                "INSERT INTO prompt_versions (organization_id, id, prompt_id, version_number, messages) VALUES ("
                        + ORGANIZATION + ", " + SOME_ID + ", " + PROMPT + ", " + number + ", " + MESSAGES + ")");
    }

    @Test
    void aFirstVersionThatIsNotOne() throws SQLException {
        String prompt = prompt();

        attempt.refused(
                FOREIGN_KEY,
                "prompt_versions_previous_version_number_fkey",
                "INSERT INTO prompt_versions (organization_id, id, prompt_id, version_number, messages) VALUES ("
                        + ORGANIZATION + ", gen_random_uuid(), " + prompt + ", 2, " + MESSAGES + ")");
    }

    @Test
    void aLatestVersionNumberThatDecreases() {
        attempt.refused(
                CHECK,
                "prompts_latest_version_number_grows",
                "UPDATE prompts SET latest_version_number = 1 WHERE id = " + PROMPT);
    }

    @Test
    void theCurrentVersionOfAnotherPrompt() throws SQLException {
        attempt.refused(
                FOREIGN_KEY,
                "prompts_current_version_id_fkey",
                "UPDATE prompts SET current_version_id = " + SampleRows.id(1, 8) + " WHERE id = " + prompt());
    }

    @Test
    void aChangeOfAnEvaluationResult() throws SQLException {
        String where = " WHERE id = " + SampleRows.id(1, 15);
        for (String change : new String[] {
            "score = 1",
            "outcome = 'error'",
            "variant = 'x'",
            "model_id = " + SOME_ID,
            "prompt_version_id = " + SOME_ID,
            "scores = '[]'",
            "error_message = 'x'",
            "created_at = 'epoch'",
            "trace_id = " + SOME_ID,
            "trace_id = NULL, score = 1"
        }) {
            attempt.refused(CHECK, "evaluation_results_immutable", "UPDATE evaluation_results SET " + change + where);
        }

        attempt.run("UPDATE evaluation_results SET trace_id = NULL" + where);
        attempt.run("UPDATE evaluation_results SET scores = scores || '{\"metric\": \"tone\"}'" + where);
        attempt.run("UPDATE evaluation_results SET replaced_at = now()" + where);
        attempt.refused(
                CHECK, "evaluation_results_immutable", "UPDATE evaluation_results SET replaced_at = NULL" + where);
    }

    @Test
    void aChangeOfAVersionOfAnEvaluatorOrALowerVersionNumber() throws SQLException {
        attempt.refused(CHECK, "evaluator_versions_immutable", "UPDATE evaluator_versions SET criteria = 'x'");
        attempt.refused(CHECK, "evaluators_latest_version_grows", "UPDATE evaluators SET latest_version = 0");
    }

    static Stream<String> tenantTables() {
        return Promptforge.PROMPTFORGE.getTables().stream()
                .map(Named::getName)
                .filter(table -> !table.equals("organizations"));
    }

    @ParameterizedTest
    @MethodSource("tenantTables")
    void aRowThatMovesToAnotherOrganization(String table) {
        Refusal refusal = attempt.refusal("UPDATE " + table + " SET organization_id = " + OTHER_ORGANIZATION
                + " WHERE organization_id = " + ORGANIZATION);

        assertThat(refusal)
                .isIn(
                        new Refusal(CHECK, table + "_organization_id_fixed"),
                        new Refusal(CHECK, table + "_immutable"),
                        new Refusal(CHECK, table + "_history"),
                        MOVED_ON_CITUS);
    }

    @Test
    void anotherIdForAnOrganization() {
        assertThat(attempt.refusal("UPDATE organizations SET id = " + SOME_ID + " WHERE id = " + ORGANIZATION))
                .isIn(new Refusal(CHECK, "organizations_id_fixed"), MOVED_ON_CITUS);
    }

    static Stream<ForeignKey<?, ?>> references() {
        return Promptforge.PROMPTFORGE.getTables().stream()
                .<ForeignKey<?, ?>>flatMap(table -> table.getReferences().stream())
                .filter(reference -> reference.getFields().size() > 1
                        && last(reference.getFields()).getType().equals(UUID.class));
    }

    @ParameterizedTest
    @MethodSource("references")
    void aReferenceIntoAnotherTenant(ForeignKey<?, ?> reference) {
        String table = reference.getTable().getName();
        Refusal refusal = attempt.refusal(
                "UPDATE %s SET %s = (SELECT max(%s::text)::uuid FROM %s WHERE organization_id = %s) WHERE organization_id = %s"
                        .formatted(
                                table,
                                last(reference.getFields()).getName(),
                                last(reference.getKeyFields()).getName(),
                                reference.getKey().getTable().getName(),
                                OTHER_ORGANIZATION,
                                ORGANIZATION));

        if (refusal.state().equals(FOREIGN_KEY)) {
            assertThat(refusal.constraint()).endsWith("_fkey");
        } else {
            assertThat(refusal.constraint()).isIn(table + "_immutable", table + "_history");
        }
    }

    private static Field<?> last(List<? extends Field<?>> fields) {
        return fields.get(fields.size() - 1);
    }

    @Test
    void aSecondDefaultProvider() {
        attempt.refused(
                UNIQUE,
                "model_providers_is_default_key",
                "INSERT INTO model_providers (organization_id, id, name, type, is_default) VALUES (" + ORGANIZATION
                        + ", " + SOME_ID + ", 'Another', 'custom', true)");
    }

    @Test
    @DisabledIfSystemProperty(
            named = CitusCluster.URL,
            matches = ".+",
            disabledReason = "there the library keeps what is unique over the platform")
    void theSameEmailInOtherLettersInAnotherOrganization() {
        attempt.refused(
                UNIQUE,
                "users_email_key",
                "UPDATE users SET email = 'aDA1@eXAMPLE.COM' WHERE organization_id = " + OTHER_ORGANIZATION);
    }

    @Test
    void aPolicyVersionIsCountedByTheDatabaseOnly() throws SQLException {
        String where = " WHERE id = " + SampleRows.id(1, 11);

        attempt.run("UPDATE policies SET version_number = 99, name = 'Costs'" + where);
        assertThat(attempt.one("SELECT version_number FROM policies" + where)).isEqualTo("1");
        attempt.run("UPDATE policies SET threshold = 2" + where);
        assertThat(attempt.one("SELECT version_number FROM policies" + where)).isEqualTo("2");
        attempt.run("UPDATE policies SET rules = '{\"a\": 1}', type = 'custom', version_number = 1" + where);
        assertThat(attempt.one("SELECT version_number FROM policies" + where)).isEqualTo("3");
        attempt.run("UPDATE policies SET threshold = 2.0" + where);
        assertThat(attempt.one("SELECT version_number FROM policies" + where)).isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource({
        "evaluations, score_sum, evaluations_score_sum_range",
        "policies, threshold, policies_threshold_range",
        "policy_violations, detected_value, policy_violations_detected_value_range",
        "policy_violations, threshold_value, policy_violations_threshold_value_range",
        "policy_violations, confidence, policy_violations_confidence_range",
        "traces, cost, traces_cost_range",
        "spans, cost, spans_cost_range",
        "spans, temperature, spans_temperature_range"
    })
    void notANumber(String table, String column, String constraint) {
        attempt.refused(CHECK, constraint, "UPDATE " + table + " SET " + column + " = 'NaN'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"score", "cost"})
    void aResultWithNotANumber(String column) {
        attempt.refused(
                CHECK,
                "evaluation_results_" + column + "_range",
                "INSERT INTO evaluation_results (organization_id, id, project_id, evaluation_id, test_name, outcome, "
                        + column + ") VALUES (" + ORGANIZATION + ", " + SOME_ID + ", " + PROJECT + ", "
                        + SampleRows.id(1, 9)
                        + ", 'x', 'passed', 'NaN')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reopened_by", "reopened_at"})
    void aReopeningWithoutAUserOrWithoutATime(String column) {
        attempt.refused(
                CHECK, "policy_violations_reopened_at_actor", "UPDATE policy_violations SET " + column + " = NULL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model_providers", "ai_models"})
    void aCatalogueEntryThatIsNotAnObjectOrTooLarge(String table) {
        String constraint = table + "_catalogue_entry_document";

        attempt.refused(CHECK, constraint, "UPDATE " + table + " SET catalogue_entry = '[]'");
        attempt.refused(CHECK, constraint, "UPDATE " + table + " SET catalogue_entry = 'null'");
        attempt.refused(
                CHECK,
                constraint,
                "UPDATE " + table
                        + " SET catalogue_entry = jsonb_build_object('x', (SELECT string_agg(md5(n::text), '')"
                        + " FROM generate_series(1, 2100) AS n))");
    }

    private String prompt() throws SQLException {
        attempt.run("INSERT INTO prompts (organization_id, id, project_id, name) VALUES (" + ORGANIZATION + ", "
                + SOME_ID + ", " + PROJECT + ", 'Another')");
        return SOME_ID;
    }
}
