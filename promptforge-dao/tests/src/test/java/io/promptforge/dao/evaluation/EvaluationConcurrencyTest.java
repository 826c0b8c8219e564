package io.promptforge.dao.evaluation;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.page.Page;
import io.promptforge.schema.type.EvaluationStatus;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Concurrent calls for one evaluation: its totals always include all its stored results. */
class EvaluationConcurrencyTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private static final int THREADS = 8;

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();
    private final UUID id = fixture.runningEvaluation().id();
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void totalsEqualTheStoredResultsWhenEightThreadsAppend() throws Exception {
        int batches = 10 * THREADS;
        List<Callable<Evaluation>> work = IntStream.range(0, batches)
                .<Callable<Evaluation>>mapToObj(n -> () -> evaluations
                        .append(
                                id,
                                List.of(
                                        passed("test " + n, "1"),
                                        NewEvaluationResult.of("other " + n, ResultOutcome.FAILED)
                                                .score(BigDecimal.ZERO),
                                        passed("shared by all", "0.5")))
                        .evaluation())
                .toList();
        for (Future<Evaluation> done : pool.invokeAll(work)) {
            assertThat(done.get().status()).isEqualTo(EvaluationStatus.RUNNING);
        }

        Evaluation evaluation = evaluations.find(id).orElseThrow();
        assertThat(evaluation.totalTests()).isEqualTo(2 * batches + 1);
        assertThat(evaluation.passedTests()).isEqualTo(batches + 1);
        assertThat(evaluation.failedTests()).isEqualTo(batches);
        assertThat(evaluation.averageScore()).contains(new BigDecimal("0.5"));
        assertThat(stored(id)).isEqualTo(evaluation.totalTests());
    }

    @Test
    void resultsAppendedDuringCompletionAreCountedOrRefused() throws Exception {
        int writers = THREADS - 1;
        for (int round = 0; round < 6; round++) {
            UUID running = fixture.runningEvaluation().id();
            Stream<Callable<Evaluation>> appends = IntStream.range(0, writers)
                    .mapToObj(n -> () -> evaluations
                            .append(running, List.of(passed("test " + n, "1")))
                            .evaluation());
            List<Callable<Evaluation>> work = Stream.concat(
                            Stream.<Callable<Evaluation>>of(() -> evaluations.complete(running, NOON)), appends)
                    .toList();

            List<Optional<Throwable>> failures = atOnce(work);

            assertThat(failures.get(0)).as("the completion").isEmpty();
            int counted = 0;
            for (Optional<Throwable> failure : failures.subList(1, failures.size())) {
                counted += failure.isEmpty() ? 1 : 0;
                assertThat(failure.stream()).allMatch(IllegalTransitionException.class::isInstance);
            }
            Evaluation evaluation = evaluations.find(running).orElseThrow();
            assertThat(evaluation.status()).isEqualTo(EvaluationStatus.COMPLETED);
            assertThat(evaluation.totalTests()).isEqualTo(counted);
            assertThat(stored(running)).isEqualTo(counted);
        }
    }

    @Test
    void oneOfManyConcurrentStartsSucceeds() throws Exception {
        for (int round = 0; round < 4; round++) {
            UUID pending = fixture.evaluation(fixture.project().id()).id();
            List<Callable<Evaluation>> work = IntStream.range(0, THREADS)
                    .<Callable<Evaluation>>mapToObj(n -> () -> evaluations.start(pending, NOON.plusSeconds(n)))
                    .toList();

            List<Throwable> failures =
                    atOnce(work).stream().flatMap(Optional::stream).toList();

            assertThat(failures).hasSize(THREADS - 1).allSatisfy(e -> assertThat(e)
                    .isInstanceOf(IllegalTransitionException.class));
        }
    }

    @Test
    void oneOfManyConcurrentEndsSucceeds() throws Exception {
        for (int round = 0; round < 4; round++) {
            UUID running = fixture.runningEvaluation().id();
            List<Callable<Evaluation>> work = List.of(
                    () -> evaluations.complete(running, NOON),
                    () -> evaluations.fail(running, NOON, "broken"),
                    () -> evaluations.cancel(running, NOON, "stopped"));

            List<Throwable> failures =
                    atOnce(work).stream().flatMap(Optional::stream).toList();

            assertThat(failures).hasSize(2).allSatisfy(e -> assertThat(e)
                    .isInstanceOf(IllegalTransitionException.class));
        }
    }

    @Test
    void resultsAppendedDuringDeletionAreNotLeftBehind() throws Exception {
        for (int round = 0; round < 4; round++) {
            UUID running = fixture.runningEvaluation().id();
            List<Callable<Evaluation>> work = List.of(
                    () -> {
                        Evaluation before = evaluations.find(running).orElseThrow();
                        evaluations.delete(running);
                        return before;
                    },
                    () -> evaluations.append(running, List.of(passed("a", "1"))).evaluation());

            List<Optional<Throwable>> failures = atOnce(work);

            assertThat(failures.get(0)).as("the deletion").isEmpty();
            assertThat(failures.get(1).stream()).allMatch(NotFoundException.class::isInstance);
            assertThat(stored(running)).isZero();
        }
    }

    @Test
    void batchesOfTheSameResultsInOppositeOrderDoNotDeadlock() throws Exception {
        List<NewEvaluationResult> results =
                IntStream.range(0, 200).mapToObj(n -> passed("test " + n, "1")).toList();
        List<NewEvaluationResult> reversed =
                IntStream.range(0, 200).mapToObj(n -> results.get(199 - n)).toList();

        List<Optional<Throwable>> failures = atOnce(List.of(
                () -> evaluations.append(id, results).evaluation(),
                () -> evaluations.append(id, reversed).evaluation()));

        assertThat(failures).allMatch(Optional::isEmpty);
        assertThat(evaluations.find(id).orElseThrow().totalTests()).isEqualTo(200);
    }

    /** Runs each action in a thread of its own, all at once, and returns their failures. */
    private List<Optional<Throwable>> atOnce(List<Callable<Evaluation>> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(work.size());
        List<Future<Evaluation>> started = work.stream()
                .map(each -> pool.submit(() -> {
                    start.await();
                    return each.call();
                }))
                .toList();
        return started.stream().map(EvaluationConcurrencyTest::failure).toList();
    }

    private static Optional<Throwable> failure(Future<Evaluation> done) {
        try {
            done.get();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.ofNullable(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private long stored(UUID evaluation) {
        return Page.stream(page -> evaluations.results(evaluation, ResultFilter.all(), ResultOrder.BY_TEST_NAME, page))
                .count();
    }

    private static NewEvaluationResult passed(String test, String score) {
        return NewEvaluationResult.of(test, ResultOutcome.PASSED).score(new BigDecimal(score));
    }
}
