package io.promptforge.dao;

import static io.promptforge.dao.TestTenant.NOON;

import io.promptforge.dao.audit.AuditFilter;
import io.promptforge.dao.audit.AuditOrder;
import io.promptforge.dao.evaluation.Evaluation;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.model.AiModelChanges;
import io.promptforge.dao.model.NewPriceList;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.policy.Policy;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.prompt.Prompt;
import io.promptforge.dao.prompt.PromptVersion;
import io.promptforge.dao.repricing.RepricingScope;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import io.promptforge.seed.fixture.Fixture;
import io.promptforge.seed.fixture.Fixtures;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A tenant that has one row of each fixture builder, by the builder's name, and others in the states that calls need. Only what
 * refers to something else here, or is in another state than by default, is named.
 */
final class Belongings {

    final TestTenant fixture;
    final Tenant tenant;
    private final Map<String, Record> rows = new LinkedHashMap<>();

    Belongings(TestTenant fixture) {
        this.fixture = fixture;
        this.tenant = fixture.tenant();
        Fixtures fixtures = fixture.fixtures();
        User user = keep("user", fixtures.user().create());
        keep(
                "linkedUser",
                fixtures.user()
                        .withSingleSignOn("https://id.example", TestTenant.newName("subject"))
                        .create());
        Project project = keep("project", fixtures.project().create());
        keep("membership", fixtures.membership().in(project).of(user).create());
        AiModel model = keep(
                "aiModel",
                fixtures.aiModel()
                        .of(keep(
                                "modelProvider",
                                fixtures.modelProvider()
                                        .asDefault()
                                        .withApiKey("sk-of-belongings-0123")
                                        .create()))
                        .create());
        keep("priceList", tenant.models().setPrices(model.id(), NewPriceList.of(NOON, model.prices())));
        Prompt prompt = keep(
                "prompt",
                fixtures.prompt()
                        .in(project)
                        .withVersions(2)
                        .deployedTo("production", 1)
                        .create());
        PromptVersion version = keep(
                "promptVersion", tenant.prompts().findVersion(prompt.id(), 1).orElseThrow());

        Trace parent = keep(
                "runningTrace",
                fixtures.trace()
                        .in(project)
                        .running()
                        .withoutSpans()
                        .startedAt(NOON)
                        .create());
        Trace trace = keep(
                "trace",
                fixtures.trace()
                        .in(project)
                        .serving(version)
                        .calling(model)
                        .with(it -> it.parentTraceId(parent.id()))
                        .startedAt(NOON)
                        .create());
        keep("span", fixtures.span().in(trace).calling(model).create());

        keep(
                "evaluatorVersion",
                fixtures.evaluatorVersion()
                        .of(keep("evaluator", fixtures.evaluator().create()))
                        .create());
        // one call that has been repriced, and one that can be
        tenant.traces().addSpans(trace.id(), List.of(call("late")));
        tenant.models().update(model.id(), AiModelChanges.none().aliases(List.of("late")));
        keep("repricing", tenant.repricings().start(RepricingScope.all()));
        tenant.traces().addSpans(trace.id(), List.of(call("later")));
        tenant.models().update(model.id(), AiModelChanges.none().aliases(List.of("late", "later")));

        keep("pendingEvaluation", fixtures.evaluation().in(project).create());
        keep("runningEvaluation", fixtures.evaluation().in(project).running().create());
        Evaluation run = fixtures.evaluation().in(project).of(version).running().create();
        keep("evaluationResult", fixtures.evaluationResult().of(run).in(trace).create());
        keep("evaluation", tenant.evaluations().complete(run.id(), NOON));

        Policy policy = keep("policy", fixtures.policy().in(project).create());
        keep("violation", fixtures.violation().of(policy).in(trace).create());
        keep(
                "resolvedViolation",
                fixtures.violation().of(policy).by(user).resolved().create());
        keep(
                "audit",
                tenant.audit()
                        .list(AuditFilter.all(), AuditOrder.OLDEST_FIRST, PageRequest.first(1))
                        .items()
                        .get(0));
        for (Method builder : Fixtures.class.getMethods()) {
            if (Fixture.class.isAssignableFrom(builder.getReturnType())
                    && !builder.getName().equals("organization")
                    && !rows.containsKey(builder.getName())) {
                keep(builder.getName(), (Record) ((Fixture<?>) Samples.call(builder, fixtures)).create());
            }
        }
    }

    private static NewSpan call(String model) {
        return NewSpan.of(UUID.randomUUID(), "call", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                .requestModel(model)
                .inputTokens(10L);
    }

    /** The ids of all rows. */
    List<UUID> ids() {
        return rows.values().stream().map(Belongings::id).toList();
    }

    /** The id of {@link #row}. */
    UUID id(String name) {
        return id(row(name));
    }

    /** The row of this builder or state, or of a builder with a longer or shorter name: {@code version}, {@code parentTrace}. */
    Record row(String name) {
        return Stream.concat(
                        Stream.of(name),
                        rows.keySet().stream().filter(key -> endsWith(key, name) || endsWith(name, key)))
                .filter(rows::containsKey)
                .findFirst()
                .map(rows::get)
                .orElseThrow(() ->
                        new AssertionError("No fixture builder and no alias in Arguments is called " + name + "."));
    }

    private static boolean endsWith(String text, String end) {
        return text.toLowerCase(Locale.ROOT).endsWith(end.toLowerCase(Locale.ROOT));
    }

    private <T extends Record> T keep(String name, T row) {
        rows.put(name, row);
        return row;
    }

    private static UUID id(Record row) {
        try {
            return (UUID) row.getClass().getMethod("id").invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(row.getClass() + " has no id", e);
        }
    }
}
