package io.promptforge.dao.evaluation;

import static io.promptforge.dao.TestTenant.NOON;
import static io.promptforge.dao.evaluation.Refusals.assertIllegal;
import static io.promptforge.dao.evaluation.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.schema.type.EvaluationStatus;
import io.promptforge.schema.type.ResultOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Legal and illegal transitions between the statuses of an evaluation. */
class EvaluationTransitionsTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();

    @Test
    void anEvaluationIsStartedAndCompleted() {
        UUID id = in(EvaluationStatus.PENDING);

        Evaluation started = evaluations.start(id, NOON);
        Evaluation completed = evaluations.complete(id, NOON.plusSeconds(1));

        assertThat(started.status()).isEqualTo(EvaluationStatus.RUNNING);
        assertThat(started.startedAt()).contains(NOON);
        assertThat(completed.status()).isEqualTo(EvaluationStatus.COMPLETED);
        assertThat(completed.startedAt()).contains(NOON);
        assertThat(completed.finishedAt()).contains(NOON.plusSeconds(1));
        assertThat(completed.errorMessage()).isEmpty();
        assertThat(completed.updatedAt()).isAfter(completed.createdAt());
        assertThat(evaluations.find(id)).contains(completed);
    }

    @Test
    void aFailedEvaluationKeepsItsResultsAndTheReason() {
        UUID id = in(EvaluationStatus.RUNNING);
        evaluations.append(id, List.of(NewEvaluationResult.of("a", ResultOutcome.PASSED)));

        Evaluation failed = evaluations.fail(id, NOON.plusSeconds(1), "The judge did not answer.");

        assertThat(failed.status()).isEqualTo(EvaluationStatus.FAILED);
        assertThat(failed.finishedAt()).contains(NOON.plusSeconds(1));
        assertThat(failed.errorMessage()).contains("The judge did not answer.");
        assertThat(failed.totalTests()).isEqualTo(1);
    }

    @Test
    void aPendingOrRunningEvaluationIsCancelled() {
        Evaluation waited = evaluations.cancel(in(EvaluationStatus.PENDING), NOON, "too expensive");
        Evaluation ran = evaluations.cancel(in(EvaluationStatus.RUNNING), NOON, null);

        assertThat(waited.status()).isEqualTo(EvaluationStatus.CANCELLED);
        assertThat(waited.startedAt()).isEmpty();
        assertThat(waited.finishedAt()).contains(NOON);
        assertThat(waited.errorMessage()).contains("too expensive");
        assertThat(ran.status()).isEqualTo(EvaluationStatus.CANCELLED);
        assertThat(ran.startedAt()).contains(NOON);
        assertThat(ran.errorMessage()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(EvaluationStatus.class)
    void everyOtherTransitionIsIllegalAndChangesNothing(EvaluationStatus from) {
        Map<EvaluationStatus, UnaryOperator<UUID>> moves = moves();
        legalFrom(from).forEach(moves::remove);

        moves.values().forEach(move -> {
            UUID id = in(from);
            Evaluation before = evaluations.find(id).orElseThrow();

            assertIllegal(() -> move.apply(id));
            assertThat(evaluations.find(id)).contains(before);
        });
    }

    @ParameterizedTest
    @EnumSource(value = EvaluationStatus.class, names = "RUNNING", mode = EnumSource.Mode.EXCLUDE)
    void onlyARunningEvaluationTakesResults(EvaluationStatus status) {
        UUID id = in(status);

        assertIllegal(() -> evaluations.append(id, List.of(NewEvaluationResult.of("late", ResultOutcome.PASSED))));
        assertIllegal(() -> evaluations.append(id, List.of()));
        assertThat(evaluations.find(id).orElseThrow().totalTests()).isZero();
        assertThat(evaluations.summary(id).tests()).isZero();
    }

    @Test
    void aClockBehindTheStartEndsAnEvaluationAtItsStartAndIsTold() {
        UUID id = in(EvaluationStatus.PENDING);
        evaluations.start(id, NOON.plusSeconds(2));

        Evaluation completed = evaluations.complete(id, NOON);

        assertThat(completed.finishedAt()).contains(NOON.plusSeconds(2));
        assertThat(completed.clockSkew()).contains(Duration.ofSeconds(2));
        assertThat(evaluations
                        .fail(in(EvaluationStatus.RUNNING), NOON.minusMillis(1), "broken")
                        .clockSkew())
                .contains(Duration.ofMillis(1));
        assertThat(evaluations
                        .cancel(in(EvaluationStatus.RUNNING), NOON.minusMillis(1), null)
                        .finishedAt())
                .contains(NOON);
        assertThat(evaluations.complete(in(EvaluationStatus.RUNNING), NOON).clockSkew())
                .isEmpty();
        assertThat(evaluations.cancel(in(EvaluationStatus.PENDING), NOON, null).clockSkew())
                .isEmpty();
    }

    @Test
    void aFailedEvaluationIsStartedAgainAndKeepsItsResultsAndItsEnds() {
        UUID id = in(EvaluationStatus.RUNNING);
        evaluations.append(id, List.of(NewEvaluationResult.of("a", ResultOutcome.PASSED)));
        evaluations.fail(id, NOON.plusSeconds(1), "HTTP 500");

        Evaluation resumed = evaluations.start(id, NOON.plusSeconds(60));

        assertThat(resumed.status()).isEqualTo(EvaluationStatus.RUNNING);
        assertThat(resumed.startedAt()).contains(NOON);
        assertThat(resumed.finishedAt()).isEmpty();
        assertThat(resumed.errorMessage()).isEmpty();
        assertThat(resumed.totalTests()).isEqualTo(1);
        assertThat(resumed.earlierEnds())
                .containsExactly(new EvaluationEnd(
                        EvaluationStatus.FAILED, NOON.plusSeconds(1), Optional.of("HTTP 500"), NOON.plusSeconds(60)));
        evaluations.append(id, List.of(NewEvaluationResult.of("b", ResultOutcome.PASSED)));
        evaluations.cancel(id, NOON.plusSeconds(70), null);
        assertThat(evaluations.start(id, NOON.plusSeconds(80)).earlierEnds())
                .extracting(EvaluationEnd::status)
                .containsExactly(EvaluationStatus.FAILED, EvaluationStatus.CANCELLED);
        assertThat(evaluations.complete(id, NOON.plusSeconds(90)).totalTests()).isEqualTo(2);
    }

    @Test
    void anEvaluationThatWasCancelledBeforeItsStartStartsWhenItIsResumed() {
        Evaluation resumed = evaluations.start(in(EvaluationStatus.PENDING), NOON.plusSeconds(5));
        UUID cancelled = in(EvaluationStatus.PENDING);
        evaluations.cancel(cancelled, NOON, null);

        assertThat(resumed.earlierEnds()).isEmpty();
        assertThat(evaluations.start(cancelled, NOON.plusSeconds(5)).startedAt())
                .contains(NOON.plusSeconds(5));
    }

    @ParameterizedTest
    @EnumSource(EvaluationStatus.class)
    void onlyACompletedEvaluationIsReopened(EvaluationStatus status) {
        UUID id = in(status);

        if (status == EvaluationStatus.COMPLETED) {
            Evaluation reopened = evaluations.reopen(id, NOON.plusSeconds(1));
            assertThat(reopened.status()).isEqualTo(EvaluationStatus.RUNNING);
            assertThat(reopened.earlierEnds()).hasSize(1);
        } else {
            assertIllegal(() -> evaluations.reopen(id, NOON));
        }
    }

    @Test
    void anInvalidReasonOrMomentIsRefusedByField() {
        UUID id = in(EvaluationStatus.RUNNING);
        String tooLong = "x".repeat(10_001);

        assertInvalid("error_message", () -> evaluations.fail(id, NOON, tooLong));
        assertInvalid("error_message", () -> evaluations.fail(id, NOON, " "));
        assertInvalid("error_message", () -> evaluations.cancel(id, NOON, tooLong));
        assertInvalid("error_message", () -> evaluations.cancel(id, NOON, "NUL \0"));
        assertInvalid("finished_at", () -> evaluations.complete(id, Instant.MAX));
        assertInvalid("started_at", () -> evaluations.start(in(EvaluationStatus.PENDING), Instant.MIN));
    }

    @Test
    void momentsAreKeptInMicroseconds() {
        UUID id = in(EvaluationStatus.PENDING);

        assertThat(evaluations.start(id, NOON.plusNanos(999)).startedAt()).contains(NOON);
        assertThat(evaluations.complete(id, NOON.plusNanos(999)).finishedAt()).contains(NOON);
    }

    private static List<EvaluationStatus> legalFrom(EvaluationStatus from) {
        return switch (from) {
            case PENDING -> List.of(EvaluationStatus.RUNNING, EvaluationStatus.CANCELLED);
            case RUNNING -> List.of(EvaluationStatus.COMPLETED, EvaluationStatus.FAILED, EvaluationStatus.CANCELLED);
            case FAILED, CANCELLED -> List.of(EvaluationStatus.RUNNING);
            case COMPLETED -> List.of();
        };
    }

    /** The call that leads to each status. */
    private Map<EvaluationStatus, UnaryOperator<UUID>> moves() {
        Map<EvaluationStatus, UnaryOperator<UUID>> moves = new EnumMap<>(EvaluationStatus.class);
        moves.put(EvaluationStatus.RUNNING, id -> evaluations.start(id, NOON).id());
        moves.put(
                EvaluationStatus.COMPLETED, id -> evaluations.complete(id, NOON).id());
        moves.put(
                EvaluationStatus.FAILED,
                id -> evaluations.fail(id, NOON, "broken").id());
        moves.put(
                EvaluationStatus.CANCELLED,
                id -> evaluations.cancel(id, NOON, "stopped").id());
        return moves;
    }

    private UUID in(EvaluationStatus status) {
        UUID id = fixture.evaluation(fixture.project().id()).id();
        if (status == EvaluationStatus.PENDING) {
            return id;
        }
        evaluations.start(id, NOON);
        return status == EvaluationStatus.RUNNING
                ? id
                : moves().getOrDefault(status, UnaryOperator.identity()).apply(id);
    }
}
