package io.promptforge.dao.evaluation;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.TestDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.EvaluationStatus;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many writers of one evaluation; its totals are never those of some of them only. */
class EvaluationConcurrencyTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();
    private final UUID id = fixture.runningEvaluation().id();

    @Test
    void eightThreadsThatAppendAtOnceLeaveTotalsThatEqualTheStoredResults() throws Exception {
        int threads = 8;
        int batches = 10;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Evaluation>> work = IntStream.range(0, threads * batches)
                    .<Callable<Evaluation>>mapToObj(n -> () -> evaluations.append(
                            id,
                            List.of(
                                    passed("test " + n, "1"),
                                    NewEvaluationResult.failed("other " + n)
                                            .score(BigDecimal.ZERO)
                                            .build(),
                                    passed("shared by all", "0.5"))))
                    .toList();
            for (Future<Evaluation> done : pool.invokeAll(work)) {
                assertThat(done.get().status()).isEqualTo(EvaluationStatus.RUNNING);
            }
        } finally {
            pool.shutdownNow();
        }

        Evaluation evaluation = evaluations.find(id).orElseThrow();
        assertThat(evaluation.totalTests()).isEqualTo(2 * threads * batches + 1);
        assertThat(evaluation.passedTests()).isEqualTo(threads * batches + 1);
        assertThat(evaluation.failedTests()).isEqualTo(threads * batches);
        assertThat(evaluation.averageScore()).contains(new BigDecimal("0.5"));
        assertThat(evaluations.results(id, PageRequest.first(500)).items()).hasSize(evaluation.totalTests());
    }

    @Test
    void anEvaluationIsNotCompletedWhileResultsAreBeingAppended() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 10; round++) {
                UUID running = fixture.runningEvaluation().id();
                Future<?> append = pool.submit(() -> evaluations.append(running, List.of(passed("a", "1"))));
                Future<?> complete = pool.submit(() -> evaluations.complete(running, NOON));
                complete.get();
                try {
                    append.get();
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(IllegalTransitionException.class);
                }
                Evaluation evaluation = evaluations.find(running).orElseThrow();
                assertThat(evaluations.results(running, PageRequest.first()).items())
                        .hasSize(evaluation.totalTests());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static NewEvaluationResult passed(String test, String score) {
        return NewEvaluationResult.passed(test).score(new BigDecimal(score)).build();
    }
}
