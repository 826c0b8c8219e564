package io.promptforge.dao;

import static io.promptforge.dao.TestTenant.NOON;
import static io.promptforge.dao.TestTenant.newName;

import io.promptforge.dao.evaluation.EvaluationChanges;
import io.promptforge.dao.evaluation.NewEvaluation;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.evaluation.ResultOutcome;
import io.promptforge.dao.model.AiModelChanges;
import io.promptforge.dao.model.ModelCatalogue;
import io.promptforge.dao.model.ModelProviderChanges;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.model.NewModelProvider;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.policy.NewPolicy;
import io.promptforge.dao.policy.NewViolation;
import io.promptforge.dao.policy.PolicyChanges;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.ProjectChanges;
import io.promptforge.dao.prompt.NewPrompt;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.PromptChanges;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.TraceOutcome;
import io.promptforge.dao.user.NewUser;
import io.promptforge.dao.user.UserChanges;
import io.promptforge.schema.type.EvaluationType;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.ProviderType;
import io.promptforge.schema.type.Role;
import io.promptforge.schema.type.SpanKind;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Arguments for every method of every repository, which name what one tenant has. A method with a parameter
 * of an unknown kind fails with a request to add it here.
 */
final class Arguments {

    private final Belongings has;

    Arguments(Belongings has) {
        this.has = has;
    }

    /** Arguments with which the call succeeds, for the tenant that has all this. */
    Object[] of(EveryCall call) {
        return Arrays.stream(call.method().getParameters())
                .map(parameter -> of(call, parameter))
                .toArray();
    }

    private Object of(EveryCall call, Parameter parameter) {
        if (parameter.getType() == List.class || parameter.getType() == Collection.class) {
            Class<?> element =
                    (Class<?>) ((ParameterizedType) parameter.getParameterizedType()).getActualTypeArguments()[0];
            return List.of(of(call, element, parameter.getName()));
        }
        return of(call, parameter.getType(), parameter.getName());
    }

    private Object of(EveryCall call, Class<?> type, String name) {
        if (type == UUID.class) {
            return id(call, name);
        }
        if (type == String.class) {
            return text(call, name);
        }
        return value(call, type, name);
    }

    /** A value of this type, for a parameter of this name, of any method. */
    Object value(EveryCall call, Class<?> type, String name) {
        return switch (type.getSimpleName()) {
            case "PageRequest" -> PageRequest.first(1);
            case "Instant" -> NOON.plusSeconds(1);
            case "Duration" -> Duration.ofSeconds(1);
            case "BigDecimal" -> new BigDecimal("0.5");
            case "boolean" -> true;
            case "int" -> name.equals("to") || name.equals("expectedHead") ? 2 : 1;
            case "byte[]" -> new byte[] {4, 5, 6};
            default ->
                type.isEnum()
                        ? type.getEnumConstants()[0]
                        : Filters.isFilter(type) ? Filters.inProject(type, has.project.id()) : made(call, type);
        };
    }

    private Object made(EveryCall call, Class<?> type) {
        UUID project = has.project.id();
        return switch (type.getSimpleName()) {
            case "NewUser" -> NewUser.of(newName("new") + "@example.com", "New", Role.VIEWER, "secret");
            case "UserChanges" -> UserChanges.none().fullName("Changed");
            case "NewProject" -> NewProject.of(newName("new")).createdBy(has.user.id());
            case "ProjectChanges" -> ProjectChanges.none().name(newName("changed"));
            case "NewModelProvider" -> NewModelProvider.of(newName("new"), ProviderType.CUSTOM);
            case "ModelProviderChanges" -> ModelProviderChanges.none().name(newName("changed"));
            case "NewAiModel" -> NewAiModel.of(has.model.providerId(), "New", newName("new"));
            case "AiModelChanges" -> AiModelChanges.none().name("Changed");
            case "ModelCatalogue" -> ModelCatalogue.standard();
            case "NewPrompt" -> NewPrompt.of(project, newName("new"));
            case "NewPromptVersion" -> NewPromptVersion.of(newName("template"));
            case "PromptChanges" -> PromptChanges.none().name(newName("changed"));
            case "NewEvaluation" ->
                NewEvaluation.of(project, newName("new"), EvaluationType.CUSTOM)
                        .promptId(has.prompt.id())
                        .promptVersionId(has.promptVersion)
                        .modelId(has.model.id());
            case "EvaluationChanges" -> EvaluationChanges.none().name("Changed");
            case "NewEvaluationResult" ->
                NewEvaluationResult.of(newName("test"), ResultOutcome.PASSED).traceId(has.trace);
            case "NewTrace" ->
                NewTrace.of(UUID.randomUUID(), project, "new", ExecutionStatus.SUCCESS, NOON)
                        .modelId(has.model.id())
                        .spans(List.of(span()));
            case "NewSpan" -> span();
            case "TraceOutcome" -> TraceOutcome.of(ExecutionStatus.SUCCESS, NOON.plusSeconds(1));
            case "NewPolicy" -> NewPolicy.of(project, newName("new"), PolicyType.COST);
            case "PolicyChanges" -> PolicyChanges.none().threshold(BigDecimal.ONE);
            case "NewViolation" ->
                NewViolation.of(has.policy.id(), "over_budget", "Too much", NOON)
                        .traceId(has.trace);
            default ->
                throw new AssertionError("Tell this class what to give for a " + type.getSimpleName() + " of " + call);
        };
    }

    private NewSpan span() {
        return NewSpan.of(UUID.randomUUID(), "call", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                .requestModel(has.model.providerModelId())
                .inputTokens(10L)
                .outputTokens(10L);
    }

    private String text(EveryCall call, String name) {
        return switch (name) {
            case "name" ->
                switch (call.accessor().getName()) {
                    case "projects" -> has.project.name();
                    case "prompts" -> has.prompt.name();
                    case "policies" -> has.policy.name();
                    case "modelProviders" ->
                        has.tenant
                                .modelProviders()
                                .find(has.model.providerId())
                                .orElseThrow()
                                .name();
                    default -> throw unknown(call, name);
                };
            case "providerModelId" -> has.model.providerModelId();
            case "email" -> has.user.email();
            case "password", "newPassword" -> TestTenant.PASSWORD;
            case "environment" -> "production";
            case "reason", "notes", "errorMessage" -> "because";
            default -> throw unknown(call, name);
        };
    }

    private UUID id(EveryCall call, String name) {
        return switch (name) {
            case "projectId" -> has.project.id();
            case "providerId" -> has.model.providerId();
            case "promptId", "promptIds" -> has.prompt.id();
            case "versionId", "versionIds" -> has.promptVersion;
            case "userId", "author", "deployedBy", "endedBy" -> has.user.id();
            case "traceId" -> call.name().equals("traces.children") ? has.runningTrace : has.trace;
            case "spanId" -> has.span;
            case "baseId", "candidateId", "evaluationId" -> has.completedEvaluation;
            case "id", "ids" -> ownId(call);
            default -> throw unknown(call, name);
        };
    }

    private UUID ownId(EveryCall call) {
        return switch (call.name()) {
            case "evaluations.start" -> has.pendingEvaluation;
            case "evaluations.summary" -> has.completedEvaluation;
            case "evaluations.findResult", "evaluations.findAllResults" -> has.result;
            case "traces.finish" -> has.runningTrace;
            case "violations.reopen" -> has.resolvedViolation;
            default ->
                switch (call.accessor().getName()) {
                    case "users" -> has.user.id();
                    case "projects" -> has.project.id();
                    case "models" -> has.model.id();
                    case "modelProviders" -> has.model.providerId();
                    case "prompts" -> has.prompt.id();
                    case "evaluations" -> has.runningEvaluation;
                    case "traces" -> has.trace;
                    case "policies" -> has.policy.id();
                    case "violations" -> has.openViolation;
                    default -> throw unknown(call, "id");
                };
        };
    }

    private static AssertionError unknown(EveryCall call, String parameter) {
        return new AssertionError("Tell this class what to give for the parameter " + parameter + " of " + call);
    }
}
