package io.promptforge.dao;

import static io.promptforge.dao.TestTenant.NOON;

import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.evaluation.ResultFilter;
import io.promptforge.dao.evaluation.ResultOrder;
import io.promptforge.dao.evaluation.ResultOutcome;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.policy.NewViolation;
import io.promptforge.dao.policy.Policy;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.Prompt;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/** A tenant that has one of everything, in the states that calls need. */
final class Belongings {

    final TestTenant fixture;
    final Tenant tenant;
    final User user;
    final Project project;
    final AiModel model;
    final Prompt prompt;
    final UUID promptVersion;
    final UUID trace = UUID.randomUUID();
    final UUID runningTrace;
    final UUID span = UUID.randomUUID();
    final UUID pendingEvaluation;
    final UUID runningEvaluation;
    final UUID completedEvaluation;
    final UUID result;
    final Policy policy;
    final UUID openViolation;
    final UUID resolvedViolation;

    Belongings(TestTenant fixture) {
        this.fixture = fixture;
        this.tenant = fixture.tenant();
        this.user = fixture.user();
        this.project = fixture.project();
        this.model = fixture.model();
        tenant.modelProviders().setDefault(model.providerId());
        tenant.modelProviders().setEncryptedApiKey(model.providerId(), new byte[] {1, 2, 3});

        this.prompt = fixture.prompt(project.id()).prompt();
        tenant.prompts().commit(prompt.id(), NewPromptVersion.of("Hello again").tags("polite"));
        tenant.prompts().deploy(prompt.id(), 1, "production", user.id());
        this.promptVersion =
                tenant.prompts().findVersion(prompt.id(), 1).orElseThrow().id();

        this.runningTrace = fixture.trace(project.id());
        tenant.traces()
                .record(TestTenant.newTrace(trace, project.id())
                        .parentTraceId(runningTrace)
                        .promptVersionId(promptVersion)
                        .modelId(model.id())
                        .spans(List.of(NewSpan.of(span, "call", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                                .modelId(model.id()))));

        this.pendingEvaluation = fixture.evaluation(project.id()).id();
        this.runningEvaluation = fixture.runningEvaluation().id();
        this.completedEvaluation = fixture.runningEvaluation().id();
        tenant.evaluations()
                .append(
                        completedEvaluation,
                        List.of(NewEvaluationResult.of("greets", ResultOutcome.PASSED)
                                .score(BigDecimal.ONE)
                                .traceId(trace)));
        tenant.evaluations().complete(completedEvaluation, NOON.plusSeconds(1));
        this.result = tenant.evaluations()
                .results(completedEvaluation, ResultFilter.all(), ResultOrder.BY_TEST_NAME, PageRequest.first())
                .items()
                .get(0)
                .id();

        this.policy = fixture.policy(project.id());
        this.openViolation = violation();
        this.resolvedViolation = violation();
        tenant.violations().resolve(resolvedViolation, user.id(), NOON, "not so bad");
    }

    private UUID violation() {
        return tenant.violations()
                .record(List.of(NewViolation.of(policy.id(), "over_budget", "Too much", NOON)
                        .traceId(trace)))
                .get(0)
                .id();
    }
}
