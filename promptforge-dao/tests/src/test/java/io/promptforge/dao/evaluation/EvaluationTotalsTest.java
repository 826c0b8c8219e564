package io.promptforge.dao.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.RecordedStatements;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The totals of an evaluation, to which each batch adds its part, are those that a recount of all results gives. */
class EvaluationTotalsTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final List<ResultOutcome> OUTCOMES = List.of(ResultOutcome.values());

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();
    private final UUID id = fixture.runningEvaluation().id();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomBatchesWithDuplicatesChangeTheTotalsByWhatIsNewOrReplaced(long seed) {
        Random random = new Random(seed);
        for (int call = 0; call < 25; call++) {
            IfDifferent choice = random.nextBoolean() ? IfDifferent.KEEP : IfDifferent.REPLACE;
            Evaluation after = evaluations.append(id, batch(random), choice).evaluation();

            assertThat(totals(after)).isEqualTo(recount());
        }
        assertThat(evaluations.find(id).orElseThrow().totalTests()).isBetween(20, 120);
    }

    @Test
    void concurrentBatchesWithDuplicatesAddWhatIsNew() throws Exception {
        List<Callable<Evaluation>> calls = new ArrayList<>();
        for (int call = 0; call < 60; call++) {
            List<NewEvaluationResult> batch = batch(new Random(call));
            calls.add(() -> evaluations.append(id, batch, IfDifferent.KEEP).evaluation());
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Evaluation> call : threads.invokeAll(calls)) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(totals(evaluations.find(id).orElseThrow())).isEqualTo(recount());
    }

    @Test
    void aRefusedOrRolledBackBatchAddsNothing() {
        evaluations.append(id, List.of(result(1, true, "0.5")));
        NewEvaluationResult dangling = result(2, true, "0.1").traceId(UUID.randomUUID());

        assertThatThrownBy(() -> evaluations.append(id, List.of(result(3, true, "1"), dangling)))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.path())
                        .hasValue("results[1]"));
        assertThatThrownBy(() -> fixture.tenant().transaction(tx -> {
                    tx.evaluations().append(id, List.of(result(4, true, "1")));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessageContaining("rolled back");

        assertThat(totals(evaluations.find(id).orElseThrow()))
                .isEqualTo("1 1 0 0 0.500000")
                .isEqualTo(recount());
    }

    @Test
    void thirdsAreNotRoundedBatchByBatch() {
        for (int call = 0; call < 30; call++) {
            evaluations.append(id, List.of(result(3 * call, true, "0.333333"), result(3 * call + 1, true, "0.333334")));
            evaluations.append(id, List.of(result(3 * call + 2, false, "0.333334")));
        }

        assertThat(totals(evaluations.find(id).orElseThrow()))
                .isEqualTo("90 60 30 0 0.333334")
                .isEqualTo(recount());
    }

    @Test
    void aCallReadsNoResultOfEarlierCalls() {
        RecordedStatements sent = new RecordedStatements(DATABASE.dataSource());
        EvaluationRepository recorded = PromptForge.create(sent.dataSource())
                .tenant(fixture.organization().id())
                .evaluations();

        assertThat(sent.templatesOf(() -> recorded.append(id, List.of(result(1, true, "1")))))
                .hasSize(2)
                .allSatisfy(statement -> assertThat(statement)
                        .doesNotContainIgnoringCase("from \"promptforge\".\"evaluation_results\""));
    }

    /** Of few tests, so that many are stored already or twice in the batch. */
    private static List<NewEvaluationResult> batch(Random random) {
        return IntStream.range(0, random.nextInt(12))
                .mapToObj(i -> {
                    NewEvaluationResult result = NewEvaluationResult.of(
                            "test " + random.nextInt(120), OUTCOMES.get(random.nextInt(OUTCOMES.size())));
                    return random.nextInt(3) == 0
                            ? result
                            : result.score(BigDecimal.valueOf(random.nextInt(1_000_001), 6));
                })
                .toList();
    }

    private static NewEvaluationResult result(int test, boolean passed, String score) {
        return NewEvaluationResult.of("test " + test, passed ? ResultOutcome.PASSED : ResultOutcome.FAILED)
                .score(new BigDecimal(score));
    }

    private static String totals(Evaluation evaluation) {
        String counts = evaluation.totalTests() + " " + evaluation.passedTests() + " " + evaluation.failedTests() + " "
                + evaluation.errorTests();
        return evaluation
                .averageScore()
                .map(score -> counts + " " + score.setScale(6))
                .orElse(counts);
    }

    private String recount() {
        return DATABASE.query("""
                        SELECT concat_ws(' ', count(*), count(*) FILTER (WHERE outcome = 'passed'),
                            count(*) FILTER (WHERE outcome = 'failed'), count(*) FILTER (WHERE outcome = 'error'),
                            avg(score)::numeric(7, 6))
                        FROM promptforge.evaluation_results
                        WHERE evaluation_id = '%s' AND replaced_at IS NULL
                        """.formatted(id)).get(0);
    }
}
