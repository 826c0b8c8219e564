package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.evaluation.EvaluationRepository;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.repricing.RepricingScope;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.ResultOutcome;
import io.promptforge.schema.type.SpanKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What PostgreSQL makes of the statements that seek given rows, for a tenant of which its statistics do not know yet: it could take it
 * for nearly empty, and read all of its rows instead of seeking the given ones.
 */
class NewTenantPlanTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final Instant START = Instant.parse("2026-11-02T10:00:00Z");
    private static final Pattern BY_TENANT_ALONE = Pattern.compile(
            "(?s)(\\S+ on (?:traces|spans\\S*|evaluation_results)\\b[^\\n]*\\n\\s*Index Cond: \\(\\(?organization_id = [^)]*\\)\\n)");

    private final RecordedStatements sent = new RecordedStatements(DATABASE.dataSource());
    private final TestTenant fixture = DATABASE.newTenant();
    private final Tenant tenant = PromptForge.create(sent.dataSource(), ClassDatabase.settings())
            .tenant(fixture.organization().id());

    @BeforeAll
    static void fillOtherTenants() {
        for (int i = 0; i < 3; i++) {
            TestTenant other = DATABASE.newTenant();
            other.tenant().traces().record(traces(other.project().id(), 200));
            other.tenant().evaluations().append(other.runningEvaluation().id(), results(200));
        }
        DATABASE.execute("ANALYZE");
    }

    @Test
    void tracesAreSoughtByTheirIds() {
        List<NewTrace> some = traces(fixture.project().id(), 20);
        List<NewTrace> ended = some.stream()
                .map(trace -> NewTrace.of(trace.id(), trace.projectId(), "greet", ExecutionStatus.SUCCESS, START)
                        .endedAt(START.plusSeconds(9)))
                .toList();

        assertSeeks("traces", it -> it.traces().record(some));
        assertSeeks("traces", it -> it.traces().record(ended));
        assertSeeks("traces", it -> it.traces().record(ended));
        assertSeeks("traces", it -> it.traces().addSpans(some.get(0).id(), List.of(span())));
        assertSeeks("spans", it -> it.traces().addSpans(some.get(0).id(), List.of(span())));
    }

    @Test
    void spansThatAreRepricedAreSoughtByTheirIds() {
        tenant.traces().record(traces(fixture.project().id(), 20));
        fixture.tenant()
                .models()
                .create(NewAiModel.of(fixture.provider().id(), "late", "late")
                        .prices(ModelPrices.perMillion("1", "1")));

        assertSeeks("spans", it -> it.repricings().start(RepricingScope.all()));
    }

    @Test
    void resultsAreSoughtByTheirNames() {
        EvaluationRepository evaluations = tenant.evaluations();
        UUID id = fixture.runningEvaluation().id();
        evaluations.append(id, results(50));

        assertSeeks("evaluation_results", it -> it.evaluations().append(id, results(50)));
    }

    private void assertSeeks(String table, Consumer<Tenant> call) {
        List<String> statements = sent.of(() -> call.accept(tenant));

        assertThat(statements).anyMatch(statement -> statement.contains(table));
        for (String statement : statements) {
            if (!statement.startsWith("SET ")) {
                assertThat(String.join("\n", DATABASE.query("EXPLAIN (COSTS OFF) " + statement)))
                        .as(statement)
                        .doesNotContainPattern(BY_TENANT_ALONE);
            }
        }
    }

    private static List<NewTrace> traces(UUID project, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> NewTrace.of(UUID.randomUUID(), project, "greet", ExecutionStatus.RUNNING, START)
                        .spans(List.of(span(), span())))
                .toList();
    }

    private static NewSpan span() {
        return NewSpan.of(UUID.randomUUID(), "chat", SpanKind.LLM, ExecutionStatus.RUNNING, START)
                .requestModel("late")
                .inputTokens(10L);
    }

    private static List<NewEvaluationResult> results(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> NewEvaluationResult.of("test " + i, ResultOutcome.PASSED))
                .toList();
    }
}
