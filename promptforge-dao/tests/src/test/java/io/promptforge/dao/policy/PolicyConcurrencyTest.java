package io.promptforge.dao.policy;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ViolationStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Concurrent calls for one policy or one violation. */
class PolicyConcurrencyTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final PolicyRepository policies = fixture.tenant().policies();
    private final ViolationRepository violations = fixture.tenant().violations();
    private final Policy policy = fixture.policy(fixture.project().id());

    @Test
    void everyChangeOfRulesIsCountedWhenEightThreadsMakeThem() throws Exception {
        int threads = 8;
        int edits = 5;

        List<Throwable> failures = atOnce(threads, thread -> {
            for (int edit = 0; edit < edits; edit++) {
                Json rules = Json.of(Map.of("thread", thread, "edit", edit));
                assertThat(policies.update(policy.id(), PolicyChanges.none().rules(rules))
                                .rules())
                        .isEqualTo(rules);
            }
        });

        assertThat(failures).isEmpty();
        assertThat(policies.find(policy.id()).orElseThrow().versionNumber()).isEqualTo(1 + threads * edits);
    }

    @Test
    void oneOfEightEditsOfOneStateSucceeds() throws Exception {
        List<Throwable> failures = atOnce(
                8,
                thread -> policies.update(
                        policy.id(), PolicyChanges.none().name("edit " + thread).ifUnchangedSince(policy.updatedAt())));

        assertThat(failures).hasSize(7).hasOnlyElementsOfType(ConflictException.class);
    }

    @Test
    void oneOfEightConcurrentResolutionsSucceeds() throws Exception {
        UUID user = fixture.user().id();
        for (int round = 0; round < 5; round++) {
            UUID id = record(1).get(0).id();

            List<Throwable> failures =
                    atOnce(8, thread -> violations.resolve(id, user, NOON.plusSeconds(thread), "by " + thread));

            assertThat(failures).hasSize(7).hasOnlyElementsOfType(IllegalTransitionException.class);
            Violation resolved = violations.find(id).orElseThrow();
            String winner = resolved.resolutionNotes().orElseThrow().substring("by ".length());
            assertThat(resolved.resolved()).contains(new Handling(user, NOON.plusSeconds(Integer.parseInt(winner))));
        }
    }

    @Test
    void aViolationIsEitherResolvedOrAFalsePositiveWhenTwoUsersDisagree() throws Exception {
        UUID user = fixture.user().id();
        for (int round = 0; round < 5; round++) {
            UUID id = record(1).get(0).id();

            List<Throwable> failures = atOnce(2, thread -> {
                if (thread == 0) {
                    violations.resolve(id, user, NOON, null);
                } else {
                    violations.markFalsePositive(id, user, NOON, null);
                }
            });

            assertThat(failures).hasSize(1).hasOnlyElementsOfType(IllegalTransitionException.class);
            assertThat(violations.find(id).orElseThrow().status())
                    .isIn(ViolationStatus.RESOLVED, ViolationStatus.FALSE_POSITIVE);
        }
    }

    @Test
    void violationsRecordedDuringEditsReferToAnExistingVersion() throws Exception {
        int threads = 6;

        List<Throwable> failures = atOnce(threads, thread -> {
            if (thread < 3) {
                policies.update(policy.id(), PolicyChanges.none().rules(Json.of(Map.of("thread", thread))));
            } else {
                record(50);
            }
        });

        assertThat(failures).isEmpty();
        assertThat(DATABASE.query("SELECT DISTINCT policy_version BETWEEN 1 AND 4 FROM promptforge.policy_violations"
                        + " WHERE policy_id = '" + policy.id() + "'"))
                .containsExactly("t");
        assertThat(violations.summary(ViolationFilter.all()).total()).isEqualTo(150);
    }

    @Test
    void violationsRecordedDuringDeletionAreNotLeftBehind() throws Exception {
        for (int round = 0; round < 5; round++) {
            Policy doomed = fixture.policy(policy.projectId());

            List<Throwable> failures = atOnce(4, thread -> {
                if (thread == 0) {
                    policies.delete(doomed.id());
                } else {
                    violations.record(List.of(violation(doomed.id()), violation(policy.id())));
                }
            });

            assertThat(failures).allSatisfy(failure -> assertThat(failure)
                    .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                            .isEqualTo("policy_id")));
            ViolationSummary counts = violations.summary(ViolationFilter.all());
            assertThat(counts.byPolicy()).doesNotContainKey(doomed.id());
        }
        assertThatThrownBy(() -> violations.record(List.of(violation(UUID.randomUUID()))))
                .isInstanceOf(InvalidReferenceException.class);
    }

    private List<Violation> record(int number) {
        return violations.record(Collections.nCopies(number, violation(policy.id())));
    }

    private static NewViolation violation(UUID policy) {
        return NewViolation.of(policy, "over_budget", "Too expensive", NOON);
    }

    /** Runs the work in threads that start together, and returns the errors of the library. */
    private static List<Throwable> atOnce(int threads, IntConsumer work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                running.add(pool.submit(() -> {
                    start.await();
                    work.accept(thread);
                    return null;
                }));
            }
            List<Throwable> failures = new ArrayList<>();
            for (Future<?> each : running) {
                try {
                    each.get();
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(PromptForgeException.class);
                    failures.add(e.getCause());
                }
            }
            return failures;
        } finally {
            pool.shutdownNow();
        }
    }
}
