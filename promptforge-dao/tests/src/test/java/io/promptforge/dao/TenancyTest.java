package io.promptforge.dao;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.evaluation.EvaluationFilter;
import io.promptforge.dao.evaluation.EvaluationOrder;
import io.promptforge.dao.evaluation.NewEvaluation;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.evaluation.ResultFilter;
import io.promptforge.dao.evaluation.ResultOrder;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.policy.NewPolicy;
import io.promptforge.dao.policy.Policy;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.project.ProjectFilter;
import io.promptforge.dao.project.ProjectOrder;
import io.promptforge.dao.prompt.NewPrompt;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.TraceFilter;
import io.promptforge.dao.trace.TraceOrder;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.EvaluationType;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.ResultOutcome;
import io.promptforge.schema.type.SpanKind;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ids of another tenant are not found. */
class TenancyTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant theirs = DATABASE.newTenant();
    private final TestTenant mine = DATABASE.newTenant();
    private final Tenant tenant = mine.tenant();
    private final Project theirProject = theirs.project();
    private final User theirUser = theirs.user();
    private final AiModel theirModel = theirs.model();
    private final ResolvedPrompt theirPrompt = theirs.prompt(theirProject.id());
    private final Policy theirPolicy = theirs.policy(theirProject.id());
    private final UUID theirTrace = theirs.trace(theirProject.id());
    private final UUID theirEvaluation = theirs.runningEvaluation().id();

    @Test
    void nothingOfAnotherTenantIsFound() {
        assertThat(tenant.projects().find(theirProject.id())).isEmpty();
        assertThat(tenant.projects().findByName(theirProject.name())).isEmpty();
        assertThat(tenant.users().find(theirUser.id())).isEmpty();
        assertThat(tenant.users().findByEmail(theirUser.email())).isEmpty();
        assertThat(tenant.modelProviders().find(theirModel.providerId())).isEmpty();
        assertThat(tenant.modelProviders()
                        .findByName(theirs.tenant()
                                .modelProviders()
                                .find(theirModel.providerId())
                                .orElseThrow()
                                .name()))
                .isEmpty();
        assertThat(tenant.models().find(theirModel.id())).isEmpty();
        assertThat(tenant.models().findByProviderModelId(theirModel.providerId(), theirModel.providerModelId()))
                .isEmpty();
        assertThat(tenant.prompts().find(theirPrompt.prompt().id())).isEmpty();
        assertThat(tenant.prompts()
                        .resolve(theirProject.id(), theirPrompt.prompt().name()))
                .isEmpty();
        assertThat(tenant.policies().find(theirPolicy.id())).isEmpty();
        assertThat(tenant.policies().findByName(theirProject.id(), theirPolicy.name()))
                .isEmpty();
        assertThat(tenant.traces().find(theirTrace)).isEmpty();
        assertThat(tenant.evaluations().find(theirEvaluation)).isEmpty();
    }

    @Test
    void nothingOfAnotherTenantIsListed() {
        theirs.evaluation(theirProject.id());
        theirs.tenant().evaluations().append(theirEvaluation, List.of(result(null)));

        assertThat(tenant.projects()
                        .list(ProjectFilter.all(), ProjectOrder.OLDEST_FIRST, PageRequest.first())
                        .items())
                .isEmpty();
        assertThat(tenant.traces()
                        .list(
                                TraceFilter.all().projectId(theirProject.id()),
                                TraceOrder.NEWEST_FIRST,
                                PageRequest.first())
                        .items())
                .isEmpty();
        assertThat(tenant.evaluations()
                        .list(
                                EvaluationFilter.all().projectId(theirProject.id()),
                                EvaluationOrder.NEWEST_FIRST,
                                PageRequest.first())
                        .items())
                .isEmpty();
        assertThat(tenant.evaluations()
                        .results(theirEvaluation, ResultFilter.all(), ResultOrder.BY_TEST_NAME, PageRequest.first())
                        .items())
                .isEmpty();
        assertThat(theirs.tenant()
                        .evaluations()
                        .results(theirEvaluation, ResultFilter.all(), ResultOrder.BY_TEST_NAME, PageRequest.first())
                        .items())
                .hasSize(1);
    }

    @Test
    void nothingOfAnotherTenantIsChanged() {
        UUID pending = theirs.evaluation(theirProject.id()).id();

        assertThatThrownBy(() -> tenant.evaluations().start(pending, NOON)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> tenant.evaluations().complete(theirEvaluation, NOON))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> tenant.evaluations().append(theirEvaluation, List.of(result(null))))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> tenant.evaluations().summary(theirEvaluation)).isInstanceOf(NotFoundException.class);
        assertThat(theirs.tenant()
                        .evaluations()
                        .find(theirEvaluation)
                        .orElseThrow()
                        .totalTests())
                .isZero();
    }

    @Test
    void nothingCanBePutIntoAProjectOfAnotherTenant() {
        blames("project_id", () -> mine.fixtures().prompt().in(theirProject).create());
        blames("project_id", () -> mine.fixtures().policy().in(theirProject).create());
        blames("project_id", () -> mine.fixtures().evaluation().in(theirProject).create());
        blames("project_id", () -> mine.fixtures().trace().in(theirProject).create());
    }

    @Test
    void aUserOfAnotherTenantIsNoAuthor() {
        UUID project = mine.project().id();
        UUID author = theirUser.id();

        blames("created_by", () -> tenant.projects().create(NewProject.of("p").createdBy(author)));
        blames("created_by", () -> tenant.prompts()
                .create(NewPrompt.of(project, "p").createdBy(author), NewPromptVersion.of("Hello")));
        blames("created_by", () -> tenant.prompts()
                .create(NewPrompt.of(project, "p"), NewPromptVersion.of("Hello").createdBy(author)));
        blames("created_by", () -> tenant.policies()
                .create(NewPolicy.of(project, "p", PolicyType.PII).createdBy(author)));
        blames("created_by", () -> tenant.evaluations()
                .create(evaluation(project).createdBy(author)));
    }

    @Test
    void aModelOfAnotherTenantIsNoModel() {
        UUID project = mine.project().id();
        UUID model = theirModel.id();

        blames("provider_id", () -> tenant.models().create(NewAiModel.of(theirModel.providerId(), "M", "m")));
        blames("model_id", () -> tenant.evaluations().create(evaluation(project).modelId(model)));
        blames("model_id", () -> tenant.traces()
                .record(List.of(TestTenant.newTrace(UUID.randomUUID(), project).modelId(model))));
        NewSpan span = NewSpan.of(UUID.randomUUID(), "call", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                .modelId(model);
        blames("model_id", () -> tenant.traces()
                .record(List.of(TestTenant.newTrace(UUID.randomUUID(), project).spans(List.of(span)))));
    }

    @Test
    void aPromptOfAnotherTenantIsNotUnderTest() {
        UUID project = mine.project().id();
        UUID prompt = theirPrompt.prompt().id();
        UUID version = theirPrompt.version().id();

        assertThatThrownBy(() -> tenant.evaluations()
                        .create(evaluation(project).promptId(prompt).promptVersionId(version)))
                .isInstanceOf(InvalidReferenceException.class);
        blames("prompt_version_id", () -> tenant.traces()
                .record(List.of(TestTenant.newTrace(UUID.randomUUID(), project).promptVersionId(version))));
    }

    @Test
    void aTraceOfAnotherTenantIsNotTheTraceOfAResult() {
        UUID evaluation = mine.runningEvaluation().id();

        blames("trace_id", () -> tenant.evaluations().append(evaluation, List.of(result(theirTrace))));
    }

    @Test
    void tenantsMayUseTheSameTraceAndSpanIds() {
        UUID project = mine.project().id();
        NewSpan span = NewSpan.of(UUID.randomUUID(), "s", SpanKind.TOOL, ExecutionStatus.SUCCESS, NOON)
                .inputTokens(5L);

        tenant.traces().record(List.of(TestTenant.newTrace(theirTrace, project).spans(List.of(span))));

        assertThat(tenant.traces().find(theirTrace).orElseThrow().totals().inputTokens())
                .isEqualTo(5);
        assertThat(theirs.tenant()
                        .traces()
                        .find(theirTrace)
                        .orElseThrow()
                        .totals()
                        .spanCount())
                .isZero();
    }

    private static NewEvaluation evaluation(UUID project) {
        return NewEvaluation.of(project, "Accuracy", EvaluationType.ACCURACY);
    }

    private static NewEvaluationResult result(@Nullable UUID trace) {
        return NewEvaluationResult.of("greets", ResultOutcome.PASSED).traceId(trace);
    }

    private static void blames(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }
}
