package io.promptforge.seed.demo;

import static io.promptforge.seed.Sql.execute;
import static io.promptforge.seed.Sql.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.SchemaNotMigratedException;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.user.NewUser;
import io.promptforge.dao.user.User;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.jooq.Promptforge;
import io.promptforge.schema.type.Role;
import io.promptforge.seed.TestServer;
import io.promptforge.seed.demo.DemoResult.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jooq.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoDataTest {
    private static final PromptForgeSettings QUICK =
            PromptForgeSettings.defaults().bcryptCost(4);

    private static final Map<String, Integer> ROWS = rows();

    private static final List<String> TABLES =
            Promptforge.PROMPTFORGE.getTables().stream().map(Table::getName).toList();

    private final DataSource dataSource = TestServer.migratedDatabase();

    @Test
    void loadsTheDocumentedRows() {
        DemoResult result = load();

        assertThat(result.outcome()).isEqualTo(Outcome.LOADED);
        assertThatRowsAreTheDocumentedOnes();
    }

    @Test
    void theDemoUsersCanLogInWithTheirRoles() {
        load();

        PromptForge forge = PromptForge.create(dataSource, QUICK);
        assertThat(DemoData.LOGINS)
                .map(login -> forge.login(login.email(), login.password())
                        .map(User::role)
                        .orElseThrow())
                .containsExactly(Role.ADMIN, Role.DEVELOPER, Role.VIEWER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "models | SELECT string_agg(concat_ws(' ', provider_model_id, context_length, trim_scale((rates #>> '{0,usd}')::numeric * 1000000), trim_scale((rates #>> '{1,usd}')::numeric * 1000000)), ', ' ORDER BY name DESC) FROM promptforge.ai_models m JOIN promptforge.model_prices p ON p.organization_id = m.organization_id AND p.model_id = m.id | gpt-4-0125-preview 128000 10 30, claude-3-sonnet-20240229 200000 3 15",
                "projects | SELECT string_agg(concat_ws(' ', name, status), ', ' ORDER BY name) FROM promptforge.projects | Code Review Assistant draft, Content Generation Platform active, Customer Support Assistant active",
                "policies | SELECT string_agg(concat_ws(' ', name, severity, action, enforced), ', ' ORDER BY name) FROM promptforge.policies | Cost Limit medium warn f, PII Detection high block t, Toxicity Filter critical block t",
                "evaluation | SELECT concat_ws(' ', name, status, total_tests, passed_tests) FROM promptforge.evaluations | Greeting Accuracy Test completed 10 9",
                "current version | SELECT version_number FROM promptforge.prompts p JOIN promptforge.prompt_versions v ON v.organization_id = p.organization_id AND v.id = p.current_version_id | 1",
                "traces | SELECT string_agg(status, ' ' ORDER BY started_at) FROM promptforge.traces | success success success success error",
                "least spans | SELECT min(span_count) FROM promptforge.traces | 5"
            })
    void theLoadedRowsAreTheDocumentedOnes(String what, String query, String expected) {
        load();

        assertThat(value(dataSource, query)).as(what).isEqualTo(expected);
    }

    @Test
    void totalsOfEachTraceAgreeWithItsSpans() {
        load();

        assertThat(value(dataSource, """
                                SELECT count(*) FROM promptforge.traces t
                                WHERE (span_count, input_tokens, output_tokens, cost) = (
                                    SELECT count(*),
                                        sum(input_tokens) FILTER (WHERE kind <> 'chain'),
                                        coalesce(sum(output_tokens) FILTER (WHERE kind <> 'chain'), 0),
                                        sum(cost)
                                    FROM promptforge.spans s
                                    WHERE s.organization_id = t.organization_id AND s.trace_id = t.id)
                                  -- the chain repeats the usage of its steps
                                  AND input_tokens = (
                                    SELECT input_tokens FROM promptforge.spans s
                                    WHERE s.organization_id = t.organization_id AND s.trace_id = t.id
                                      AND s.kind = 'chain')
                                  AND cost > 0""")).isEqualTo("5");
    }

    @Test
    void tracesShowACallerElsewhereACorrectionAndReportedCosts() {
        load();

        assertThat(value(dataSource, "SELECT count(*) FROM promptforge.spans WHERE parent_remote AND kind = 'chain'"))
                .isEqualTo("5");
        assertThat(value(dataSource, "SELECT sum(revision) FROM promptforge.traces"))
                .isEqualTo("1");
        assertThat(value(
                        dataSource,
                        "SELECT count(*) FROM promptforge.spans s WHERE revision = 1 AND s::text LIKE '%a gift card%'"))
                .isEqualTo("3");
        assertThat(
                        value(
                                dataSource,
                                "SELECT count(*) FROM promptforge.spans s JOIN promptforge.traces t ON t.organization_id = s.organization_id AND t.id = s.trace_id WHERE concat(s, t) LIKE '%1881%'"))
                .isEqualTo("0");
        assertThat(value(dataSource, "SELECT count(*) FROM promptforge.spans WHERE cost_reported"))
                .isEqualTo("11");
    }

    @Test
    void spansLieWithinTheirParents() {
        load();

        assertThat(value(dataSource, """
                                SELECT count(*) FROM promptforge.spans c
                                JOIN promptforge.spans p ON p.organization_id = c.organization_id
                                    AND p.trace_id = c.trace_id AND p.id = c.parent_id
                                WHERE c.started_at < p.started_at OR c.ended_at > p.ended_at""")).isEqualTo("0");
    }

    @Test
    void loadingTwiceChangesNothingAndSaysSo() {
        load();
        List<String> before = contents();

        DemoResult second = load();

        assertThat(second.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(second.created()).isZero();
        assertThat(contents()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM promptforge.traces",
                "DELETE FROM promptforge.evaluations",
                "DELETE FROM promptforge.policies WHERE name = 'Cost Limit'",
                "DELETE FROM promptforge.users WHERE role = 'viewer'",
                "DELETE FROM promptforge.projects WHERE status = 'draft'",
                "DELETE FROM promptforge.projects",
                "DELETE FROM promptforge.ai_models WHERE name LIKE 'Claude%'"
            })
    void loadingOverAHalfLoadedOrganizationCompletesIt(String loss) {
        load();
        execute(dataSource, loss);

        DemoResult result = load();

        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(result.created()).isPositive();
        assertThatRowsAreTheDocumentedOnes();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE promptforge.projects SET status = 'archived' WHERE status = 'draft' | status of project Code Review Assistant is ARCHIVED, not DRAFT",
                "UPDATE promptforge.users SET role = 'viewer' WHERE role = 'developer' | role of user developer@promptforge.com is VIEWER, not DEVELOPER",
                "UPDATE promptforge.users SET password_hash = concat('$2a$04$', repeat('a', 53)) WHERE role = 'admin' | password of user admin@promptforge.com is changed",
                "UPDATE promptforge.policies SET enforced = true WHERE name = 'Cost Limit' | enforcement of policy Cost Limit is true, not false",
                "INSERT INTO promptforge.model_prices (organization_id, id, model_id, valid_from, rates) SELECT organization_id, gen_random_uuid(), id, now(), '[]' FROM promptforge.ai_models WHERE name = 'GPT-4' | prices of model gpt-4-0125-preview",
                "UPDATE promptforge.traces SET status = 'success' WHERE status = 'error' | status of trace",
                "DELETE FROM promptforge.evaluation_results WHERE outcome = 'failed' | result of evaluation Greeting Accuracy Test"
            })
    void loadingOverAnEditedOrganizationNamesTheEditAndChangesNothing(String edit, String difference) {
        load();
        execute(dataSource, edit);
        execute(dataSource, "DELETE FROM promptforge.policies WHERE name = 'PII Detection'");
        List<String> before = contents();

        assertThatExceptionOfType(DemoDataException.class)
                .isThrownBy(this::load)
                .withMessageContaining(difference)
                .withMessageContaining("replace");

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void replacingAnEditedOrganizationStartsItOver() {
        load();
        execute(dataSource, "UPDATE promptforge.projects SET name = name || '!'");

        DemoResult result = DemoData.replace(dataSource, QUICK, step -> {});

        assertThat(result.outcome()).isEqualTo(Outcome.LOADED);
        assertThat(value(dataSource, "SELECT count(*) FROM promptforge.projects"))
                .isEqualTo("3");
        assertThat(load().outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void nothingIsLoadedWhenAnotherOrganizationHasOneOfTheEmails() {
        PromptForge forge = PromptForge.create(dataSource, QUICK);
        forge.tenant(forge.organizations()
                        .create(NewOrganization.of("Other", "other"))
                        .id())
                .users()
                .create(NewUser.of("Viewer@PromptForge.com", "Vera Other", Role.ADMIN, "correct horse"));

        assertThatExceptionOfType(AlreadyExistsException.class)
                .isThrownBy(this::load)
                .satisfies(e -> assertThat(e.field()).isEqualTo("email"));

        assertThat(value(dataSource, "SELECT count(*) FROM promptforge.organizations"))
                .isEqualTo("1");
    }

    @Test
    void aMissingMigrationIsReported() {
        DataSource empty = TestServer.dataSource(TestServer.emptyDatabase());

        assertThatExceptionOfType(SchemaNotMigratedException.class).isThrownBy(() -> DemoData.load(empty));
    }

    @Test
    void loadsIntoASchemaOfAnotherName() {
        Migrations.of(dataSource).schema("elsewhere").apply();

        DemoData.load(dataSource, QUICK.schema("elsewhere"), step -> {});

        assertThat(value(dataSource, "SELECT count(*) FROM elsewhere.spans")).isEqualTo("25");
        assertThat(value(dataSource, "SELECT count(*) FROM promptforge.organizations"))
                .isEqualTo("0");
    }

    static IntStream numbersOfMigrations() {
        return IntStream.rangeClosed(1, TestServer.migrations());
    }

    @ParameterizedTest
    @MethodSource("numbersOfMigrations")
    void rolledBackMigrationsCanBeAppliedAgainAndTheLostPartsAreRestored(int steps) {
        load();
        Migrations migrations = Migrations.of(dataSource);

        migrations.rollback(steps);
        migrations.apply();

        migrations.validate();
        boolean nothingWasLost = counts().equals(ROWS);
        assertThat(load().created() == 0).isEqualTo(nothingWasLost);
        assertThatRowsAreTheDocumentedOnes();
    }

    @Test
    void progressIsReportedBeforeEachStep() {
        List<String> steps = new ArrayList<>();

        DemoData.load(dataSource, QUICK, steps::add);

        assertThat(steps)
                .containsExactly(
                        "organization", "users", "models", "projects", "prompt", "policies", "evaluation", "traces");
    }

    private DemoResult load() {
        return DemoData.load(dataSource, QUICK, step -> {});
    }

    private void assertThatRowsAreTheDocumentedOnes() {
        assertThat(counts()).isEqualTo(ROWS);
    }

    /** The tables of the schema that have rows, and how many, without those that have what was done to others. */
    private Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String table : TABLES) {
            if (table.startsWith("audit_") || table.equals("erasures")) {
                continue;
            }
            int rows = Integer.parseInt(value(dataSource, "SELECT count(*) FROM promptforge." + table));
            if (rows > 0) {
                counts.put(table, rows);
            }
        }
        return counts;
    }

    /** All rows of all tables as text. */
    private List<String> contents() {
        return TABLES.stream()
                .map(table -> value(
                        dataSource,
                        "SELECT string_agg(t::text, ';' ORDER BY t::text) FROM promptforge." + table + " t"))
                .toList();
    }

    /** The tables that the demo data has rows in. */
    private static Map<String, Integer> rows() {
        Map<String, Integer> rows = new LinkedHashMap<>();
        rows.put("organizations", 1);
        rows.put("users", 3);
        rows.put("model_providers", 2);
        rows.put("ai_models", 2);
        rows.put("model_prices", 2);
        rows.put("projects", 3);
        rows.put("prompts", 1);
        rows.put("prompt_versions", 1);
        rows.put("evaluations", 1);
        rows.put("evaluation_results", 10);
        rows.put("evaluators", 1);
        rows.put("evaluator_versions", 1);
        rows.put("policies", 3);
        rows.put("policy_versions", 3);
        rows.put("traces", 5);
        rows.put("spans", 25);
        return rows;
    }
}
