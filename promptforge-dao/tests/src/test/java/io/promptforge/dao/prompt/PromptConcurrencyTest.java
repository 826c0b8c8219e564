package io.promptforge.dao.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Many people at one prompt. */
class PromptConcurrencyTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final int THREADS = 16;

    private final TestTenant fixture = DATABASE.newTenant();
    private final PromptRepository prompts = fixture.tenant().prompts();
    private final UUID project = fixture.project().id();
    private final ResolvedPrompt first = fixture.prompt(project);
    private final UUID id = first.prompt().id();

    @Test
    void versionNumbersHaveNoGapsWhenSixteenThreadsCommit() throws Exception {
        int commits = 5;

        List<List<Integer>> numbers = atOnce(
                THREADS,
                thread -> () -> IntStream.range(0, commits)
                        .mapToObj(n -> prompts.commit(id, NewPromptVersion.of("Thread " + thread + ", commit " + n)))
                        .map(commit -> commit.version().versionNumber())
                        .toList());

        int last = THREADS * commits + 1;
        assertThat(numbers.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(2, last).boxed().toList());
        assertThat(numbers).allSatisfy(own -> assertThat(own).isSorted());
        assertThat(Pages.all(50, page -> prompts.versions(id, page)))
                .extracting(PromptVersion::versionNumber)
                .containsExactlyElementsOf(
                        IntStream.iterate(last, n -> n >= 1, n -> n - 1).boxed().toList());
        Prompt prompt = prompts.find(id).orElseThrow();
        assertThat(prompt.latestVersionNumber()).isEqualTo(last);
    }

    @Test
    void ofCommitsThatExpectOneHeadExactlyOneSucceeds() throws Exception {
        List<Optional<Commit>> commits = atOnce(THREADS, thread -> () -> {
            try {
                return Optional.of(prompts.commit(id, 1, NewPromptVersion.of("Thread " + thread)));
            } catch (ConflictException e) {
                return Optional.empty();
            }
        });

        assertThat(commits.stream().flatMap(Optional::stream)).hasSize(1);
        assertThat(prompts.find(id).orElseThrow().latestVersionNumber()).isEqualTo(2);
    }

    @Test
    void equalContentFromManyThreadsIsOneVersion() throws Exception {
        List<Commit> commits = atOnce(THREADS, thread -> () -> prompts.commit(id, NewPromptVersion.of("Same")));

        assertThat(commits).filteredOn(Commit::isNew).hasSize(1);
        assertThat(commits)
                .extracting(commit -> commit.version().versionNumber())
                .containsOnly(2);
    }

    @Test
    void ofEditsThatExpectOneStateExactlyOneSucceeds() throws Exception {
        Instant seen = prompts.find(id).orElseThrow().updatedAt();
        List<Boolean> made = atOnce(8, thread -> () -> {
            try {
                prompts.update(id, PromptChanges.none().category("c" + thread).ifUnchangedSince(seen));
                return true;
            } catch (ConflictException e) {
                return false;
            }
        });

        assertThat(made).containsOnlyOnce(true);
    }

    @RepeatedTest(3)
    void deployersAtOnceLeaveOneLiveVersionAndAnUnbrokenHistory() throws Exception {
        int versions = 4;
        IntStream.range(1, versions).forEach(n -> prompts.commit(id, NewPromptVersion.of("Version " + n)));

        List<List<Rollout>> rollouts = atOnce(
                8,
                thread -> () -> IntStream.range(0, 6)
                        .mapToObj(n -> prompts.deploy(id, (thread + n) % versions + 1, "production", null))
                        .toList());

        List<PromptDeployment> history = Pages.all(7, page -> prompts.deploymentHistory(id, "production", page));
        assertThat(history).hasSize((int)
                rollouts.stream().flatMap(List::stream).filter(Rollout::isNew).count());
        assertThat(history).filteredOn(PromptDeployment::isLive).containsExactly(history.get(0));
        for (int i = 1; i < history.size(); i++) {
            PromptDeployment next = history.get(i - 1);
            assertThat(history.get(i).endedAt()).contains(next.deployedAt());
            assertThat(history.get(i).deployedAt()).isBefore(next.deployedAt());
            assertThat(history.get(i).versionNumber()).isNotEqualTo(next.versionNumber());
        }
        assertThat(prompts.resolve(project, first.prompt().name(), "production")
                        .orElseThrow()
                        .version()
                        .id())
                .isEqualTo(history.get(0).promptVersionId());
    }

    @Test
    void whoResolvesWhileOthersDeployAlwaysGetsAVersion() throws Exception {
        prompts.commit(id, NewPromptVersion.of("Second"));
        prompts.deploy(id, 1, "production", null);

        List<Integer> found = atOnce(4, thread -> () -> {
            int resolved = 0;
            for (int n = 0; n < 20; n++) {
                if (thread == 0) {
                    prompts.deploy(id, n % 2 + 1, "production", null);
                } else if (prompts.resolve(project, first.prompt().name(), "production")
                        .isPresent()) {
                    resolved++;
                }
            }
            return resolved;
        });

        assertThat(found).containsExactly(0, 20, 20, 20);
    }

    /** A trace refers to a version and not to its prompt: what locks the prompt alone does not hold it off. */
    @RepeatedTest(3)
    void aPromptIsDeletedWhileTracesOfItArrive() throws Exception {
        UUID version = first.version().id();
        List<UUID> recorded = new ArrayList<>();

        List<List<UUID>> traces = atOnce(3, thread -> () -> {
            if (thread == 0) {
                prompts.delete(id);
                return List.of();
            }
            return recordUntilRefused(version);
        });

        traces.forEach(recorded::addAll);
        assertThat(prompts.find(id)).isEmpty();
        assertThat(recorded).allSatisfy(trace -> assertThat(
                        fixture.tenant().traces().find(trace).orElseThrow().promptVersionId())
                .isEmpty());
        assertThat(prompts.versions(id, PageRequest.first()).items()).isEmpty();
    }

    private List<UUID> recordUntilRefused(UUID version) {
        List<UUID> recorded = new ArrayList<>();
        while (true) {
            UUID trace = UUID.randomUUID();
            try {
                fixture.tenant()
                        .traces()
                        .record(List.of(TestTenant.newTrace(trace, project).promptVersionId(version)));
            } catch (InvalidReferenceException e) {
                assertThat(e.field()).isEqualTo("prompt_version_id");
                return recorded;
            }
            recorded.add(trace);
        }
    }

    /** What each thread did, all having begun at the same moment. */
    private static <T> List<T> atOnce(int threads, IntFunction<Callable<T>> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads);
        try {
            List<Future<T>> running = IntStream.range(0, threads)
                    .mapToObj(thread -> pool.submit(() -> {
                        start.await();
                        return work.apply(thread).call();
                    }))
                    .toList();
            List<T> done = new ArrayList<>();
            for (Future<T> each : running) {
                done.add(each.get());
            }
            return done;
        } finally {
            pool.shutdownNow();
        }
    }
}
