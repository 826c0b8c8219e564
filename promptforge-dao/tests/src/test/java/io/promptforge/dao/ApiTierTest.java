package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.evaluation.ComparisonFilter;
import io.promptforge.dao.evaluation.Evaluation;
import io.promptforge.dao.evaluation.EvaluationFilter;
import io.promptforge.dao.evaluation.EvaluationOrder;
import io.promptforge.dao.evaluation.NewEvaluation;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.evaluation.ResultFilter;
import io.promptforge.dao.evaluation.ResultOrder;
import io.promptforge.dao.maintenance.MaintenanceSettings;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.model.ModelCatalogue;
import io.promptforge.dao.model.ModelFilter;
import io.promptforge.dao.model.ModelOrder;
import io.promptforge.dao.opentelemetry.OpenTelemetryIds;
import io.promptforge.dao.opentelemetry.OpenTelemetrySpan;
import io.promptforge.dao.opentelemetry.OpenTelemetryTraces;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.page.Counting;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.policy.NewPolicy;
import io.promptforge.dao.policy.NewViolation;
import io.promptforge.dao.policy.Violation;
import io.promptforge.dao.policy.ViolationFilter;
import io.promptforge.dao.policy.ViolationOrder;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.project.ProjectChanges;
import io.promptforge.dao.prompt.NewPrompt;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.PromptFilter;
import io.promptforge.dao.prompt.PromptOrder;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceFilter;
import io.promptforge.dao.trace.TraceOrder;
import io.promptforge.dao.trace.TraceTree;
import io.promptforge.dao.trace.recorder.TraceRecorder;
import io.promptforge.dao.user.NewUser;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.EvaluationType;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.ProjectStatus;
import io.promptforge.schema.type.ResultOutcome;
import io.promptforge.schema.type.Role;
import io.promptforge.schema.type.SpanKind;
import io.promptforge.schema.type.ViolationStatus;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The screens of an api-tier, written on the interfaces alone: no SQL, and nothing of the tests' own fixtures. */
class ApiTierTest {

    private static final PromptForge FORGE = ClassDatabase.migrated().forge();
    private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

    private Tenant tenant;
    private User user;
    private Project project;

    @BeforeEach
    void logIn() {
        String slug = TestTenant.newName("acme");
        String email = slug + "@example.com";
        UUID organization =
                FORGE.organizations().create(NewOrganization.of(slug, slug)).id();
        FORGE.tenant(organization).users().create(NewUser.of(email, "Ada Lovelace", Role.ADMIN, "correct horse"));

        user = FORGE.login(email, "correct horse").orElseThrow();
        tenant = FORGE.tenant(user.organizationId());
        project = tenant.projects()
                .create(NewProject.of("Support").status(ProjectStatus.ACTIVE).createdBy(user.id()));
    }

    @Test
    void aPromptIsWrittenEditedByTwoDeployedServedAndRolledBack() {
        ResolvedPrompt prompt =
                tenant.prompts().create(NewPrompt.of(project.id(), "Greeting"), NewPromptVersion.of("Hello {{name}}"));
        UUID id = prompt.prompt().id();
        tenant.prompts().commit(id, 1, NewPromptVersion.of("Hi {{name}}").tags("short"));
        assertThatThrownBy(() -> tenant.prompts().commit(id, 1, NewPromptVersion.of("Good day {{name}}")))
                .isInstanceOf(ConflictException.class);

        tenant.prompts().deploy(id, 2, "production", user.id());
        assertThat(tenant.prompts()
                        .resolve(project.id(), "Greeting", "production")
                        .orElseThrow()
                        .version()
                        .template())
                .isEqualTo("Hi {{name}}");
        tenant.prompts().deploy(id, 1, "production", user.id());
        tenant.prompts().rollback(id, 1, user.id());

        assertThat(tenant.prompts().versions(id, PageRequest.first()).items())
                .extracting(version -> version.versionNumber() + " " + version.template())
                .containsExactly("3 Hello {{name}}", "2 Hi {{name}}", "1 Hello {{name}}");
        assertThat(tenant.prompts()
                        .deploymentHistory(id, "production", PageRequest.first())
                        .items())
                .extracting(deployment -> deployment.versionNumber() + " " + deployment.isLive())
                .containsExactly("1 true", "2 false");
        assertThat(tenant.prompts().diff(id, 1, 2)).isNotNull();
        assertThat(tenant.prompts()
                        .list(
                                PromptFilter.all().projectId(project.id()).text("greet"),
                                PromptOrder.BY_NAME,
                                firstPage())
                        .count()
                        .orElseThrow()
                        .items())
                .isEqualTo(1);
    }

    @Test
    void telemetryComesInByPortionsThroughTheRecorderAndIsKeptAsLongAsTheProjectSays() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        OpenTelemetrySpan root = OpenTelemetrySpan.of(trace, "b7ad6b7169203331", "POST /chat", nanos(START))
                .endEpochNanos(nanos(START.plusSeconds(2)));
        OpenTelemetrySpan call = OpenTelemetrySpan.of(
                        trace, "b7ad6b7169203332", "chat gpt-4o", nanos(START.plusSeconds(1)))
                .parentSpanId("b7ad6b7169203331")
                .endEpochNanos(nanos(START.plusSeconds(2)))
                .attributes(Map.of("gen_ai.operation.name", "chat", "gen_ai.usage.input_tokens", 12));
        try (TraceRecorder recorder = TraceRecorder.start(unstored -> {})) {
            for (OpenTelemetrySpan portion : List.of(call, root)) {
                OpenTelemetryTraces.of(project.id(), Map.of("service.name", "shop"), List.of(portion))
                        .traces()
                        .forEach(it -> recorder.record(tenant.traces(), it));
            }
        }
        UUID id = OpenTelemetryIds.traceId(trace);

        TraceTree tree = tenant.traces().tree(id).orElseThrow();
        assertThat(tree.trace().name()).isEqualTo("POST /chat");
        assertThat(tree.trace().totals().inputTokens()).isEqualTo(12);
        assertThat(tree.roots().get(0).children()).hasSize(1);

        tenant.projects().update(project.id(), ProjectChanges.none().traceRetentionDays(90));
        // counted from when it was stored, if its own time is long past
        Instant stored = tree.trace().createdAt();
        maintain(stored.plus(Duration.ofDays(89)));
        assertThat(tenant.traces().find(id)).isPresent();
        maintain(stored.plus(Duration.ofDays(91)));
        assertThat(tenant.traces().find(id)).isEmpty();
    }

    private static void maintain(Instant now) {
        FORGE.maintenance().run(MaintenanceSettings.defaults().clock(Clock.fixed(now, ZoneOffset.UTC)), done -> {});
    }

    private static long nanos(Instant moment) {
        return moment.getEpochSecond() * 1_000_000_000L;
    }

    @Test
    void tracesAreRecordedPricedSearchedSortedPagedAndLookedInto() {
        AiModel model = tenant.models()
                .list(
                        ModelFilter.all().providerId(installedProvider()).text("gpt-4o-mini"),
                        ModelOrder.BY_NAME,
                        PageRequest.first())
                .items()
                .get(0);
        List<NewTrace> traces = new ArrayList<>();
        for (int n = 1; n <= 7; n++) {
            traces.add(NewTrace.of(
                            UUID.randomUUID(),
                            project.id(),
                            "answer " + n,
                            ExecutionStatus.SUCCESS,
                            START.plusSeconds(n))
                    .endedAt(START.plusSeconds(n).plusMillis(100L * n))
                    .spans(List.of(NewSpan.of(
                                    UUID.randomUUID(),
                                    "call",
                                    SpanKind.LLM,
                                    ExecutionStatus.SUCCESS,
                                    START.plusSeconds(n))
                            .requestModel(model.providerModelId())
                            .inputTokens(1_000L * n)
                            .outputTokens(100L))));
        }
        tenant.traces().record(traces);

        TraceFilter filter = TraceFilter.all().projectId(project.id()).text("ANSWER");
        Page<Trace> slowest = tenant.traces().list(filter, TraceOrder.SLOWEST_FIRST, PageRequest.first(3));
        Page<Trace> next = tenant.traces()
                .list(
                        filter,
                        TraceOrder.SLOWEST_FIRST,
                        PageRequest.first(3).after(slowest.next().orElseThrow()));
        assertThat(slowest.items()).extracting(Trace::name).containsExactly("answer 7", "answer 6", "answer 5");
        assertThat(next.items()).extracting(Trace::name).containsExactly("answer 4", "answer 3", "answer 2");

        TraceTree tree = tenant.traces().tree(slowest.items().get(0).id()).orElseThrow();
        assertThat(tree.roots()).hasSize(1);
        assertThat(tree.trace().totals().cost())
                .isEqualByComparingTo(new BigDecimal("0.00111"))
                .isPositive();
        assertThat(tenant.traces().summary(filter).traces()).isEqualTo(7);
        assertThat(Page.stream(page -> tenant.traces().list(filter, TraceOrder.OLDEST_FIRST, page)))
                .hasSize(7);
    }

    @Test
    void twoVersionsAreEvaluatedAndCompared() {
        Evaluation before = evaluate("before", "0.5", ResultOutcome.FAILED);
        Evaluation after = evaluate("after", "0.9", ResultOutcome.PASSED);

        assertThat(tenant.evaluations()
                        .list(
                                EvaluationFilter.all().projectId(project.id()),
                                EvaluationOrder.NEWEST_FIRST,
                                PageRequest.first())
                        .items())
                .containsExactly(after, before);
        assertThat(tenant.evaluations().summary(after.id()).passRate()).isEqualTo(1);
        assertThat(tenant.evaluations()
                        .results(
                                before.id(),
                                ResultFilter.all().outcome(ResultOutcome.FAILED),
                                ResultOrder.WORST_FIRST,
                                PageRequest.first())
                        .items())
                .hasSize(1);
        assertThat(tenant.evaluations()
                        .compare(before.id(), after.id(), ComparisonFilter.all(), PageRequest.first())
                        .counts()
                        .improved())
                .isEqualTo(1);
    }

    @Test
    void aPolicyIsBrokenAndHandled() {
        UUID policy = tenant.policies()
                .create(NewPolicy.of(project.id(), "Budget", PolicyType.COST).threshold(BigDecimal.ONE))
                .id();
        assertThat(tenant.policies().applicable(project.id())).hasSize(1);
        Violation violation = tenant.violations()
                .record(List.of(NewViolation.of(policy, "over_budget", "1.20 dollars", START)))
                .get(0);

        tenant.violations().acknowledge(violation.id(), user.id(), START.plusSeconds(1));
        tenant.violations().resolve(violation.id(), user.id(), START.plusSeconds(2), "raised the budget");

        assertThat(tenant.violations()
                        .list(
                                ViolationFilter.all().projectId(project.id()).status(ViolationStatus.RESOLVED),
                                ViolationOrder.NEWEST_FIRST,
                                PageRequest.first())
                        .items())
                .extracting(Violation::id)
                .containsExactly(violation.id());
        assertThat(tenant.violations()
                        .summary(ViolationFilter.all().policyId(policy))
                        .byStatus())
                .containsEntry(ViolationStatus.RESOLVED, 1L)
                .containsEntry(ViolationStatus.OPEN, 0L);
    }

    private Evaluation evaluate(String name, String score, ResultOutcome outcome) {
        return tenant.transaction(tx -> {
            UUID id = tx.evaluations()
                    .create(NewEvaluation.of(project.id(), name, EvaluationType.ACCURACY))
                    .id();
            tx.evaluations().start(id, START);
            tx.evaluations()
                    .append(
                            id,
                            List.of(NewEvaluationResult.of("greets", outcome).score(new BigDecimal(score))));
            return tx.evaluations().complete(id, START.plusSeconds(1));
        });
    }

    private UUID installedProvider() {
        tenant.models().installCatalogue(ModelCatalogue.standard());
        return tenant.modelProviders().findByName("OpenAI").orElseThrow().id();
    }

    private static PageRequest firstPage() {
        return PageRequest.first().counting(Counting.EXACT);
    }
}
