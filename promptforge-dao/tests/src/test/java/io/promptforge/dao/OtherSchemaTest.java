package io.promptforge.dao;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.evaluation.ComparisonFilter;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.project.ProjectFilter;
import io.promptforge.dao.project.ProjectOrder;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceFilter;
import io.promptforge.dao.trace.TraceOrder;
import io.promptforge.dao.user.User;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.ResultOutcome;
import io.promptforge.schema.type.SpanKind;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The schema of the tables may have any name. */
class OtherSchemaTest {

    private static final ClassDatabase DATABASE = ClassDatabase.empty();

    private final PromptForge forge =
            PromptForge.create(DATABASE.dataSource(), ClassDatabase.settings().schema(ClassDatabase.OTHER_SCHEMA));
    private final TestTenant fixture = new TestTenant(forge);
    private final UUID project = fixture.project().id();

    @BeforeAll
    static void migrate() {
        DATABASE.migrateOtherSchema();
    }

    @Test
    void rowsAreCreatedAndFound() {
        ResolvedPrompt prompt = fixture.prompt(project);
        User user = fixture.user();

        assertThat(fixture.tenant().prompts().resolve(project, prompt.prompt().name()))
                .contains(prompt);
        assertThat(fixture.tenant().models().find(fixture.model().id())).isPresent();
        assertThat(fixture.tenant().policies().find(fixture.policy(project).id()))
                .isPresent();
        assertThat(forge.login(user.email(), TestTenant.PASSWORD)).isPresent();
        assertThat(fixture.tenant()
                        .projects()
                        .list(ProjectFilter.all(), ProjectOrder.OLDEST_FIRST, PageRequest.first())
                        .items())
                .hasSize(1);
    }

    @Test
    void batchesAreWrittenAndSummed() {
        UUID trace = UUID.randomUUID();
        fixture.tenant()
                .traces()
                .record(List.of(TestTenant.newTrace(trace, project)
                        .spans(List.of(NewSpan.of(UUID.randomUUID(), "s", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                                .inputTokens(3L)))));
        UUID evaluation = fixture.runningEvaluation().id();
        fixture.tenant()
                .evaluations()
                .append(
                        evaluation,
                        List.of(NewEvaluationResult.of("a", ResultOutcome.PASSED)
                                .traceId(trace)));

        assertThat(fixture.tenant().traces().find(trace).orElseThrow().totals().inputTokens())
                .isEqualTo(3);
        assertThat(fixture.tenant().traces().tree(trace).orElseThrow().roots()).hasSize(1);
        assertThat(fixture.tenant().evaluations().summary(evaluation).passed()).isEqualTo(1);
        assertThat(fixture.tenant()
                        .evaluations()
                        .compare(evaluation, evaluation, ComparisonFilter.all(), PageRequest.first())
                        .counts()
                        .equal())
                .isEqualTo(1);
    }

    @Test
    void oneJvmUsesSeveralSchemas() {
        Migrations.of(DATABASE.dataSource()).schema("second").apply();
        TestTenant second = new TestTenant(PromptForge.create(
                DATABASE.dataSource(), ClassDatabase.settings().schema("second")));
        UUID trace = UUID.randomUUID();
        for (TestTenant each : List.of(fixture, second)) {
            UUID in = each.project().id();
            ResolvedPrompt prompt = each.prompt(in);
            each.tenant().traces().record(TestTenant.newTrace(trace, in));

            assertThat(each.tenant().prompts().resolve(in, prompt.prompt().name()))
                    .contains(prompt);
            assertThat(each.tenant().traces().tree(trace).orElseThrow().trace().projectId())
                    .isEqualTo(in);
            assertThat(each.tenant()
                            .traces()
                            .list(TraceFilter.all(), TraceOrder.NEWEST_FIRST, PageRequest.first())
                            .items())
                    .extracting(Trace::projectId)
                    .containsExactly(in);
        }
    }

    @Test
    void errorsNameTheirField() {
        assertThatThrownBy(() -> fixture.user(fixture.user().email()))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("email"));
    }
}
