package io.promptforge.dao.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.SchemaNotMigratedException;
import io.promptforge.dao.error.TimedOutException;
import io.promptforge.schema.jooq.Promptforge;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class DatabaseErrorsTest {

    @ParameterizedTest
    @MethodSource("states")
    void theSqlStateDecidesTheKindOfFailure(@Nullable String state, Class<? extends PromptForgeException> kind) {
        SQLException error = new SQLException("secret value", state);

        PromptForgeException translated = DatabaseErrors.translate(error);

        assertThat(translated).isExactlyInstanceOf(kind).hasCause(error).hasMessageNotContaining("secret");
    }

    static Stream<Arguments> states() {
        return Stream.of(
                Arguments.of("23505", AlreadyExistsException.class),
                Arguments.of("23503", InvalidReferenceException.class),
                Arguments.of("23514", InvalidValueException.class),
                Arguments.of("23502", InvalidValueException.class),
                Arguments.of("22003", InvalidValueException.class),
                Arguments.of("22P05", InvalidValueException.class),
                Arguments.of("40001", RetryableException.class),
                Arguments.of("40P01", RetryableException.class),
                Arguments.of("55P03", TimedOutException.class),
                Arguments.of("57P01", RetryableException.class),
                Arguments.of("57P03", RetryableException.class),
                Arguments.of("53300", RetryableException.class),
                Arguments.of("08006", RetryableException.class),
                Arguments.of("08001", RetryableException.class),
                Arguments.of("42P01", SchemaNotMigratedException.class),
                Arguments.of("42703", SchemaNotMigratedException.class),
                Arguments.of("3F000", SchemaNotMigratedException.class),
                Arguments.of("42501", AccessDeniedException.class),
                Arguments.of("25006", RetryableException.class),
                Arguments.of("54000", InvalidValueException.class),
                Arguments.of("XX000", PromptForgeException.class),
                Arguments.of("42601", PromptForgeException.class),
                Arguments.of("57014", TimedOutException.class),
                Arguments.of(null, PromptForgeException.class));
    }

    @ParameterizedTest
    @CsvSource({
        "40001, SERIALIZATION_FAILURE",
        "40P01, DEADLOCK",
        "25006, READ_ONLY",
        "25P03, NO_CONNECTION",
        "57P01, NO_CONNECTION",
        "53300, NO_CONNECTION",
        "08006, NO_CONNECTION"
    })
    void aRetryableFailureHasItsReason(String state, RetryableException.Reason reason) {
        assertThat(DatabaseErrors.translate(new SQLException("", state)))
                .isInstanceOfSatisfying(
                        RetryableException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({"57014, STATEMENT", "55P03, LOCK", "25P04, TRANSACTION"})
    void aTimeoutHasItsLimit(String state, TimedOutException.Limit limit) {
        assertThat(DatabaseErrors.translate(new SQLException("", state)))
                .isInstanceOfSatisfying(
                        TimedOutException.class, e -> assertThat(e.limit()).isEqualTo(limit));
    }

    @Test
    void anExhaustedPoolIsRetryableThoughItReportsNoState() {
        assertThat(DatabaseErrors.translate(new SQLTransientConnectionException("request timed out after 250ms")))
                .isInstanceOf(RetryableException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "users_email_key, email, key",
        "prompts_name_key, name, key",
        "ai_models_provider_model_id_key, provider_model_id, key",
        "ai_models_provider_id_fkey, provider_id, fkey",
        "prompt_versions_version_number_key, version_number, key",
        "policies_version_number_range, version_number, range",
        "policy_violations_policy_id_fkey, policy_id, fkey",
        "evaluations_status_transition, status, transition",
        "evaluation_results_test_name_repetition_key, test_name, key",
        "model_providers_is_default_key, is_default, key",
        "spans_cached_input_tokens_range, cached_input_tokens, range",
        "users_email_key_102008, email, key",
        "projects_pkey, id, pkey",
        "spans_y2026m11_pkey, id, pkey",
        "spans_default_pkey, id, pkey",
        "prompt_deployments_environment_key, environment, key",
        "host_orders_total_check, value, check"
    })
    void theNameOfAConstraintTellsItsFieldAndRule(String name, String field, String rule) {
        assertThat(Constraint.named(name)).returns(field, Constraint::field).returns(rule, Constraint::rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            traces_session_id_length       | It takes at most 200 characters, not blank.
            traces_metadata_document       | It takes a JSON object, at most 256 KiB as PostgreSQL stores it.
            traces_input_size              | It takes at most 16 MiB as PostgreSQL stores it.
            traces_status_values           | It takes one of running, success, error, timeout.
            traces_ended_at_order          | It takes at least started_at.
            traces_retry_count_range       | It takes at least 0.
            spans_temperature_range        | It takes at least 0, at most 100.
            spans_reasoning_output_tokens_range | It takes at least 0, at most output_tokens.
            prompt_versions_tools_document | It takes a JSON array, at most 256 KiB.
            prompt_versions_messages_document | It takes: JSON array of messages, each {role, parts} or {placeholder} for other messages, at most 2 MiB. A simple prompt is one message.
            ai_models_context_length_range | It takes more than 0.
            model_providers_encrypted_api_key_length | It takes at most 8 KiB.
            model_providers_base_url_format_102008 | It takes: Root of the API (http or https), at most 2,000 characters; null: the usual one of the type.
            """)
    void theTextOfAConstraintTellsWhatItsFieldTakes(String name, String remedy) {
        assertThat(Constraint.named(name).remedy()).isEqualTo(remedy);
    }

    /** Neither the words of a check nor those of a comment are missing for any constraint. */
    @Test
    void everyCheckHasARemedy() {
        assertThat(Promptforge.PROMPTFORGE.getTables())
                .flatMap(table -> table.getChecks())
                .hasSizeGreaterThan(100)
                .allSatisfy(check ->
                        assertThat(Constraint.named(check.getName()).remedy()).startsWith("It takes"));
    }

    @Test
    void aCommitThatANodeOfCitusRefusesIsASerializationFailure() {
        PSQLException error = new PSQLException(new ServerErrorMessage(
                "SERROR\0CXX000\0Mcould not commit transaction for shard 102008 on at least one active node\0"));

        assertThat(DatabaseErrors.translate(error))
                .isInstanceOfSatisfying(RetryableException.class, e -> assertThat(e.reason())
                        .isEqualTo(RetryableException.Reason.SERIALIZATION_FAILURE));
    }

    /** Citus leaves out the fields of an error, but passes on its message and its hint. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            duplicate key value violates unique constraint "prompts_name_key_102020"        | | name
            new row for relation "users_102037" violates check constraint "users_role_values" | | role
            a policy never changes                                                          | policies_version_number_fixed_102031 | version_number
            a policy never changes                                                          | Wait. | value
            """)
    void theFieldIsFoundInTheMessageOrTheHintWhereTheErrorHasNoConstraint(String message, String hint, String field) {
        String state = message.startsWith("duplicate") ? "23505" : "23514";
        PSQLException error = new PSQLException(new ServerErrorMessage(
                "SERROR\0C" + state + "\0M" + message + (hint == null ? "" : "\0H" + hint) + "\0"));

        assertThat(DatabaseErrors.translate(error))
                .isInstanceOfSatisfying(
                        FieldException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void aConstraintWithoutANameHasNoField() {
        assertThat(Constraint.named(null).field()).isEqualTo("value");
    }
}
