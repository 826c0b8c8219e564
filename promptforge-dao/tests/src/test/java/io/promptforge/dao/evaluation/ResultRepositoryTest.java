package io.promptforge.dao.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.evaluation.StoredResult.Storing;
import io.promptforge.dao.evaluator.Evaluator;
import io.promptforge.dao.evaluator.EvaluatorVersion;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.trace.Trace;
import io.promptforge.schema.type.EvaluatorKind;
import io.promptforge.schema.type.ResultOutcome;
import io.promptforge.seed.fixture.Fixtures;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Results over all evaluations, and judgements of traces. */
class ResultRepositoryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant tenant = DATABASE.newTenant();
    private final Fixtures fixtures = tenant.fixtures();
    private final ResultRepository results = tenant.tenant().results();

    private final Project support = fixtures.project().create();
    private final Project sales = fixtures.project().create();
    private final AiModel model = fixtures.aiModel().create();
    private final Evaluator judge = fixtures.evaluator().named("Relevance").create();
    private final Evaluator program = fixtures.evaluator()
            .named("Exact match")
            .of(EvaluatorKind.CODE)
            .with(it -> it.tags(List.of("fast")))
            .create();
    private final Trace trace =
            fixtures.trace().in(support).named("refund").withoutSpans().create();

    private EvaluationResult judged;
    private EvaluationResult matched;
    private EvaluationResult plain;
    private EvaluationResult ofTrace;

    @BeforeEach
    void store() {
        EvaluatorVersion relevance = fixtures.evaluatorVersion()
                .of(judge)
                .judgedBy("anthropic/claude")
                .create();
        EvaluatorVersion exact =
                tenant.tenant().evaluators().findLatestVersion(program.id()).orElseThrow();
        Evaluation nightly =
                fixtures.evaluation().in(support).named("Nightly").running().create();
        Evaluation weekly = fixtures.evaluation()
                .in(sales)
                .named("Weekly")
                .of(model)
                .running()
                .create();
        judged = fixtures.evaluationResult()
                .of(nightly)
                .judgedBy(relevance)
                .in(trace)
                .with(it -> it.score(new BigDecimal("4")))
                .create();
        matched = fixtures.evaluationResult()
                .of(weekly)
                .judgedBy(exact)
                .failed()
                .with(it -> it.score(BigDecimal.ZERO))
                .create();
        plain = fixtures.evaluationResult().of(weekly).withError("HTTP 429").create();
        StoredResult stored = results.record(
                        List.of(NewEvaluationResult.of("helpful", ResultOutcome.PASSED)
                                .score(new BigDecimal("1"))
                                .traceId(trace.id())),
                        IfDifferent.REFUSE)
                .get(0);
        ofTrace = results.find(stored.id()).orElseThrow();
    }

    @Test
    void aTraceIsJudgedByOneCallWithoutAnEvaluation() {
        assertThat(ofTrace.evaluationId()).isEmpty();
        assertThat(ofTrace.projectId()).isEqualTo(support.id());
        assertThat(ofTrace.traceId()).contains(trace.id());
        assertThat(listed(ResultFilter.all().traceId(trace.id()))).containsExactlyInAnyOrder(judged.id(), ofTrace.id());
    }

    @Test
    void theSameJudgementOfATraceIsStoredOnceAndADifferentOneAsChosen() {
        NewEvaluationResult same = NewEvaluationResult.of("helpful", ResultOutcome.PASSED)
                .score(new BigDecimal("1.0"))
                .traceId(trace.id());
        NewEvaluationResult different = same.score(BigDecimal.ZERO);

        assertThat(results.record(List.of(same), IfDifferent.REFUSE))
                .containsExactly(new StoredResult(ofTrace.id(), Storing.ALREADY_STORED, Optional.empty()));
        assertThatThrownBy(() -> results.record(List.of(same, different), IfDifferent.REFUSE))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.path()).hasValue("results[1]"));
        assertThat(results.record(List.of(different), IfDifferent.KEEP))
                .containsExactly(new StoredResult(ofTrace.id(), Storing.KEPT_DIFFERENT, Optional.empty()));
        StoredResult replaced =
                results.record(List.of(different), IfDifferent.REPLACE).get(0);
        assertThat(replaced.replacedId()).contains(ofTrace.id());
        assertThat(listed(ResultFilter.all().traceId(trace.id())))
                .containsExactlyInAnyOrder(judged.id(), replaced.id());
        assertThat(results.find(ofTrace.id()).orElseThrow().replacedAt()).isPresent();
    }

    @Test
    void aJudgementWithoutATraceOfTheTenantIsRefusedByPath() {
        NewEvaluationResult good =
                NewEvaluationResult.of("other", ResultOutcome.PASSED).traceId(trace.id());
        NewEvaluationResult missing = NewEvaluationResult.of("other", ResultOutcome.PASSED);

        assertThatThrownBy(() -> results.record(List.of(good, missing), IfDifferent.KEEP))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.path()).hasValue("results[1]"));
        assertThatThrownBy(() -> results.record(List.of(good, missing.traceId(UUID.randomUUID())), IfDifferent.KEEP))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> {
                    assertThat(e.path()).hasValue("results[1]");
                    assertThat(e.field()).isEqualTo("trace_id");
                });
        assertThatThrownBy(() -> results.record(
                        List.of(good, good.repetition(2).errorMessage("x".repeat(10_001))), IfDifferent.KEEP))
                .isInstanceOfSatisfying(InvalidValueException.class, e -> {
                    assertThat(e.path()).hasValue("results[1]");
                    assertThat(e.field()).isEqualTo("error_message");
                });
        assertThat(results.count(ResultFilter.all())).isEqualTo(4);
    }

    @Test
    void resultsAreFilteredByWhatTheyBelongToAndWhatJudgedThem() {
        assertThat(listed(ResultFilter.all().projectId(support.id())))
                .containsExactlyInAnyOrder(judged.id(), ofTrace.id());
        assertThat(listed(ResultFilter.all().evaluationId(matched.evaluationId().orElseThrow())))
                .containsExactlyInAnyOrder(matched.id(), plain.id());
        assertThat(listed(ResultFilter.all().evaluatorId(judge.id()))).containsExactly(judged.id());
        assertThat(listed(ResultFilter.all().evaluatorKind(EvaluatorKind.CODE))).containsExactly(matched.id());
        assertThat(listed(ResultFilter.all().evaluatorKind())).hasSize(4);
        assertThat(listed(ResultFilter.all().category("quality"))).containsExactlyInAnyOrder(judged.id(), matched.id());
        assertThat(listed(ResultFilter.all().category("safety"))).isEmpty();
        assertThat(listed(ResultFilter.all().judgeModel("anthropic/claude"))).containsExactly(judged.id());
        assertThat(listed(ResultFilter.all().judgeModel("openai/gpt-4o"))).isEmpty();
        assertThat(listed(ResultFilter.all().outcome(ResultOutcome.ERROR))).containsExactly(plain.id());
        assertThat(listed(ResultFilter.all().evaluationName("nIGHT"))).containsExactly(judged.id());
        assertThat(listed(ResultFilter.all().traceName("FUND"))).containsExactlyInAnyOrder(judged.id(), ofTrace.id());
        assertThat(listed(ResultFilter.all().text("429"))).containsExactly(plain.id());
        assertThat(listed(ResultFilter.all().createdFrom(plain.createdAt().plusSeconds(3_600))))
                .isEmpty();
        assertThat(listed(ResultFilter.all().createdBefore(plain.createdAt().plusSeconds(3_600))))
                .hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(ResultListOrder.class)
    void everyOrderSortsInPagesOfAnySize(ResultListOrder order) {
        List<UUID> expected =
                switch (order) {
                    case NEWEST_FIRST ->
                        sorted(Comparator.comparing(EvaluationResult::createdAt)
                                .thenComparing(EvaluationResult::id, ResultRepositoryTest::compare)
                                .reversed());
                    case OLDEST_FIRST ->
                        sorted(Comparator.comparing(EvaluationResult::createdAt)
                                .thenComparing(EvaluationResult::id, ResultRepositoryTest::compare));
                    case LOWEST_FIRST -> List.of(matched.id(), ofTrace.id(), judged.id());
                    case HIGHEST_FIRST -> List.of(judged.id(), ofTrace.id(), matched.id());
                    case BY_EVALUATION -> List.of(judged.id(), matched.id(), plain.id());
                    case BY_EVALUATOR -> List.of(judged.id(), matched.id());
                    case BY_TRACE -> List.of(judged.id(), ofTrace.id());
                };

        for (int size = 1; size < 5; size++) {
            assertThat(Pages.all(size, page -> results.list(ResultFilter.all(), order, page)))
                    .extracting(EvaluationResult::id)
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void resultsAreSummedByGroup() {
        assertThat(results.groups(ResultFilter.all(), ResultGrouping.PROJECT))
                .containsExactlyInAnyOrder(
                        group(support.id(), support.name(), 2, 2, 0, 0, "2.5"),
                        group(sales.id(), sales.name(), 2, 0, 1, 1, "0"));
        assertThat(results.groups(ResultFilter.all(), ResultGrouping.EVALUATOR))
                .containsExactly(
                        new ResultGroup(Optional.empty(), Optional.empty(), 2, 1, 0, 1, Optional.of(BigDecimal.ONE)),
                        group(program.id(), "Exact match", 1, 0, 1, 0, "0"),
                        group(judge.id(), "Relevance", 1, 1, 0, 0, "4"));
        assertThat(results.groups(ResultFilter.all().evaluatorKind(EvaluatorKind.CODE), ResultGrouping.CATEGORY))
                .containsExactly(new ResultGroup(
                        Optional.empty(), Optional.of("quality"), 1, 0, 1, 0, Optional.of(BigDecimal.ZERO)));
        assertThat(results.groups(ResultFilter.all().projectId(sales.id()), ResultGrouping.MODEL))
                .containsExactly(group(model.id(), model.name(), 2, 0, 1, 1, "0"));
        assertThat(results.groups(ResultFilter.all().projectId(sales.id()), ResultGrouping.MODEL)
                        .get(0)
                        .passRate())
                .isZero();
    }

    @Test
    void theModelOfTheVariantComesBeforeThatOfTheEvaluation() {
        AiModel other = fixtures.aiModel().create();
        Evaluation weekly = tenant.tenant()
                .evaluations()
                .find(plain.evaluationId().orElseThrow())
                .orElseThrow();
        fixtures.evaluationResult()
                .of(weekly)
                .variant("other")
                .with(it -> it.modelId(other.id()))
                .create();

        assertThat(results.groups(ResultFilter.all().projectId(sales.id()), ResultGrouping.MODEL))
                .extracting(ResultGroup::id)
                .containsExactly(Optional.of(model.id()), Optional.of(other.id()));
    }

    @Test
    void anotherTenantSeesNothing() {
        ResultRepository theirs = DATABASE.newTenant().tenant().results();

        assertThat(theirs.find(judged.id())).isEmpty();
        assertThat(theirs.count(ResultFilter.all())).isZero();
        assertThat(theirs.groups(ResultFilter.all(), ResultGrouping.MODEL)).isEmpty();
    }

    private List<UUID> listed(ResultFilter filter) {
        return results.list(filter, ResultListOrder.OLDEST_FIRST, PageRequest.first()).items().stream()
                .map(EvaluationResult::id)
                .toList();
    }

    private List<UUID> sorted(Comparator<EvaluationResult> order) {
        List<EvaluationResult> all = new ArrayList<>(List.of(judged, matched, plain, ofTrace));
        all.sort(order);
        return all.stream().map(EvaluationResult::id).toList();
    }

    /** As PostgreSQL compares them: byte by byte. */
    private static int compare(UUID one, UUID other) {
        return one.toString().compareTo(other.toString());
    }

    private static ResultGroup group(
            UUID id, String name, long results, long passed, long failed, long errors, String average) {
        return new ResultGroup(
                Optional.of(id),
                Optional.of(name),
                results,
                passed,
                failed,
                errors,
                Optional.of(new BigDecimal(average)));
    }
}
