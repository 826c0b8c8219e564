package io.promptforge.seed.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VolumeTracesTest {
    private static final int COUNT = 2_000;
    private static final Instant FROM = Instant.parse("2026-08-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-11-01T00:00:00Z");
    private static final VolumeSpec SPEC =
            VolumeSpec.of(List.of(new UUID(1, 1), new UUID(1, 2), new UUID(1, 3)), FROM, UNTIL, COUNT);

    private static final VolumeTraces TRACES = new VolumeTraces(SPEC);
    private static final List<NewTrace> ALL =
            LongStream.range(0, COUNT).mapToObj(TRACES::trace).toList();

    @Test
    void aTraceDependsNeitherOnTheThreadNorOnTheOrderOfCalls() {
        List<Long> indexes = new ArrayList<>(LongStream.range(0, COUNT).boxed().toList());
        Collections.shuffle(indexes, new Random(7));

        VolumeTraces again = new VolumeTraces(SPEC);
        Map<Long, NewTrace> shuffled =
                indexes.parallelStream().collect(Collectors.toMap(Function.identity(), again::trace));

        assertThat(LongStream.range(0, COUNT).mapToObj(shuffled::get).toList().equals(ALL))
                .isTrue();
    }

    /** Fails when another JVM or a later release generates different rows for this seed. */
    @Test
    void tracesOfASeedDoNotChangeFromReleaseToRelease() {
        String facts = ALL.stream()
                .flatMap(trace -> trace.spans().stream()
                        .map(span -> trace.id() + " " + span.id() + " " + span.startedAt() + " " + span.endedAt() + " "
                                + span.name() + " " + (span.kind() == SpanKind.AGENT ? null : span.outputTokens()) + " "
                                + span.input() + span.output()))
                .collect(Collectors.joining("\n"));

        assertThat(UUID.nameUUIDFromBytes(facts.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(UUID.fromString("d9a0483b-bf92-3054-82f5-63be31689d13"));
    }

    @Test
    void anotherSeedMakesOtherTraces() {
        Set<UUID> ids = ALL.stream().map(NewTrace::id).collect(Collectors.toSet());

        VolumeTraces others = new VolumeTraces(SPEC.withSeed(2));

        assertThat(LongStream.range(0, COUNT).mapToObj(others::id)).doesNotContainAnyElementsOf(ids);
        assertThat(others.trace(5).spans()).isNotEqualTo(TRACES.trace(5).spans());
    }

    @Test
    void idAndNumberOfSpansAreKnownWithoutTheTrace() {
        for (int i = 0; i < COUNT; i++) {
            assertThat(TRACES.id(i)).isEqualTo(ALL.get(i).id());
            assertThat(TRACES.spans(i)).isEqualTo(ALL.get(i).spans().size());
        }
    }

    @Test
    void startsAreSpreadEvenlyOverTheTimeInTheOrderOfTheIndex() {
        List<Instant> starts = ALL.stream().map(NewTrace::startedAt).toList();

        assertThat(starts).isSorted().allMatch(start -> !start.isBefore(FROM) && start.isBefore(UNTIL));
        assertThat(starts.get(COUNT / 4)).isBetween(at(0.2495), at(0.2505));
        assertThat(starts.get(COUNT * 3 / 4)).isBetween(at(0.7495), at(0.7505));
    }

    @Test
    void tracesBeyondTheTimeGoOnAtTheSamePace() {
        assertThat(TRACES.trace(2L * COUNT).startedAt()).isBetween(at(2), at(2.001));
    }

    @Test
    void idsAreVersion7AndSortLikeTheStarts() {
        assertThat(ALL)
                .allMatch(trace -> trace.id().version() == 7 && trace.id().variant() == 2)
                .allMatch(trace -> trace.id().getMostSignificantBits() >>> 16
                        == started(trace).toEpochMilli())
                .extracting(trace -> trace.id().toString())
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void mostTracesAreShortAndAFewHaveHundredsOfSpans() {
        List<Integer> counts =
                LongStream.range(0, 100_000).mapToObj(TRACES::spans).sorted().toList();

        assertThat(counts.stream().mapToInt(Integer::intValue).average().orElseThrow())
                .isBetween(9.7, 10.3);
        assertThat(share(counts, count -> count >= 3 && count <= 15)).isBetween(0.7, 0.9);
        assertThat(share(counts, count -> count >= 50)).isBetween(0.002, 0.01);
        assertThat(counts.get(99_999)).isBetween(300, 2_000);
        assertThat(counts.get(0)).isPositive();
    }

    @Test
    void theAverageNumberOfSpansIsThatOfTheSpec() {
        VolumeTraces longer = new VolumeTraces(SPEC.withSpansPerTrace(40));

        assertThat(LongStream.range(0, 100_000)
                        .mapToInt(longer::spans)
                        .average()
                        .orElseThrow())
                .isBetween(39.0, 41.0);
    }

    @Test
    void spansFormOneTreeOfDepthFiveAtMostWithParentsBeforeChildren() {
        Set<Integer> depths = new HashSet<>();
        for (NewTrace trace : ALL) {
            Map<UUID, Integer> depth = new HashMap<>();
            for (NewSpan span : trace.spans()) {
                assertThat(span.id().getMostSignificantBits()).isZero();
                int own = isRoot(span) ? 1 : Objects.requireNonNull(depth.get(span.parentId())) + 1;
                assertThat(depth.put(span.id(), own)).isNull();
                depths.add(own);
            }
            assertThat(trace.spans().stream().filter(VolumeTracesTest::isRoot)).hasSize(1);
        }
        assertThat(depths).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }

    @Test
    void parentsContainTheirChildrenInTimeAndTracesTheirSpans() {
        for (NewTrace trace : ALL) {
            Map<UUID, NewSpan> byId = byId(trace);
            for (NewSpan span : trace.spans()) {
                NewSpan parent = byId.get(span.parentId());
                assertThat(span.startedAt()).isAfterOrEqualTo(parent == null ? started(trace) : parent.startedAt());
                assertThat(ended(span)).isBeforeOrEqualTo(parent == null ? trace.endedAt() : parent.endedAt());
                if (span.timeToFirstToken() != null) {
                    assertThat(span.startedAt().plus(span.timeToFirstToken())).isBeforeOrEqualTo(ended(span));
                }
            }
        }
    }

    @Test
    void aFailureGoesUpFromOneStepToTheTrace() {
        List<NewTrace> failed = ALL.stream()
                .filter(trace -> trace.status() != ExecutionStatus.SUCCESS)
                .toList();

        assertThat((double) failed.size() / COUNT).isBetween(0.02, 0.04);
        assertThat(failed).extracting(NewTrace::status).contains(ExecutionStatus.TIMEOUT, ExecutionStatus.ERROR);
        for (NewTrace trace : ALL) {
            Map<UUID, NewSpan> byId = byId(trace);
            List<NewSpan> blamed = trace.spans().stream()
                    .filter(span -> span.status() != ExecutionStatus.SUCCESS)
                    .toList();
            assertThat(blamed.isEmpty()).isEqualTo(trace.errorType() == null);
            for (NewSpan span : blamed) {
                assertThat(span.errorType()).isEqualTo(trace.errorType());
                assertThat(span.errorMessage()).isEqualTo(trace.errorMessage());
                assertThat(span.status()).isEqualTo(trace.status());
                assertThat(isRoot(span) || blamed.contains(byId.get(span.parentId())))
                        .isTrue();
            }
        }
    }

    @Test
    void tokensAreConsistentAndHaveALongTail() {
        List<NewSpan> calls = ALL.stream()
                .flatMap(trace -> trace.spans().stream())
                .filter(span -> span.inputTokens() != null && span.kind() != SpanKind.AGENT)
                .toList();

        assertThat(calls)
                .allMatch(span -> orZero(span.cachedInputTokens()) + orZero(span.cacheCreationInputTokens())
                        <= orZero(span.inputTokens()))
                .allMatch(span -> orZero(span.reasoningOutputTokens()) <= orZero(span.outputTokens()))
                .allMatch(span -> orZero(span.outputTokens()) <= Objects.requireNonNullElse(span.maxTokens(), 0))
                .allMatch(span -> span.modelId() == null && span.requestModel() != null);
        List<Long> inputs = calls.stream()
                .filter(span -> span.kind() == SpanKind.LLM)
                .map(span -> orZero(span.inputTokens()))
                .sorted(Comparator.naturalOrder())
                .toList();
        assertThat(inputs.get(inputs.size() / 2)).isBetween(800L, 1_000L);
        assertThat(inputs.get(inputs.size() - 1)).isGreaterThan(12_000L);
    }

    @Test
    void someAgentsRepeatTheUsageOfTheCallsBelowThem() {
        List<NewTrace> repeating = ALL.stream()
                .filter(trace -> trace.spans().stream()
                        .anyMatch(span -> span.kind() == SpanKind.AGENT && span.inputTokens() != null))
                .toList();

        assertThat((double) repeating.size() / COUNT).isBetween(0.1, 0.3);
        for (NewTrace trace : repeating) {
            NewSpan root = trace.spans().get(0);
            long below = trace.spans().stream()
                    .filter(span -> span.kind() != SpanKind.AGENT)
                    .mapToLong(span -> orZero(span.inputTokens()))
                    .sum();
            assertThat(root.kind() == SpanKind.AGENT ? orZero(root.inputTokens()) : below)
                    .isEqualTo(below);
        }
    }

    @Test
    void someTracesHaveWhatTelemetryOfOtherServicesAndCorrectionsHave() {
        List<UUID> versions = List.of(new UUID(2, 1), new UUID(2, 2), new UUID(2, 3));
        VolumeTraces named = new VolumeTraces(SPEC.withPromptVersions(versions));
        assertThat(LongStream.range(0, COUNT).mapToObj(named::trace)).allSatisfy(trace -> {
            int project = (int) trace.projectId().getLeastSignificantBits() - 1;
            assertThat(trace.promptVersionId()).isIn(null, versions.get(project));
        });

        assertThat(share(trace -> Boolean.TRUE.equals(trace.spans().get(0).parentRemote())))
                .isBetween(0.06, 0.1);
        assertThat(share(trace -> trace.revision() > 0)).isBetween(0.01, 0.03);
        assertThat(share(trace -> !trace.tags().isEmpty())).isBetween(0.2, 0.3);
        assertThat(share(trace -> trace.spans().stream().anyMatch(span -> span.cost() != null)))
                .isBetween(0.03, 0.07);
        assertThat(LongStream.range(0, COUNT).filter(i -> named.trace(i).promptVersionId() != null))
                .hasSizeBetween(COUNT / 2, COUNT * 7 / 10);
    }

    @Test
    void someProjectsModelsAndEndUsersAreMuchMorePopularThanOthers() {
        Map<UUID, Long> projects = counts(ALL, NewTrace::projectId);
        assertThat(projects.get(new UUID(1, 1)))
                .isGreaterThan(2 * projects.getOrDefault(new UUID(1, 3), Long.MAX_VALUE / 2));
        assertThat(Collections.max(counts(ALL, NewTrace::endUserId).values())).isGreaterThan(25L);
        assertThat(counts(ALL, NewTrace::endUserId)).hasSizeGreaterThan(1_000);
        assertThat(counts(ALL, NewTrace::environment)).hasSize(3);
        assertThat(ALL.stream()
                        .flatMap(trace -> trace.spans().stream())
                        .map(NewSpan::kind)
                        .collect(Collectors.toSet()))
                .hasSize(SpanKind.values().length);
    }

    @Test
    void payloadsVaryAndHaveSomeHundredBytesToSomeKilobytes() {
        List<Integer> sizes = ALL.stream()
                .flatMap(trace -> trace.spans().stream())
                .map(span -> Objects.requireNonNull(span.input()).text())
                .distinct()
                .map(String::length)
                .sorted()
                .toList();

        assertThat(sizes).hasSizeGreaterThan(COUNT * 9);
        assertThat(sizes.get(sizes.size() / 2)).isBetween(80, 1_000);
        assertThat(sizes.get(sizes.size() - 1)).isBetween(3_000, 50_000);
    }

    @Test
    void invalidSpecsAreRefused() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> VolumeSpec.of(List.of(new UUID(1, 1)), UNTIL, FROM, 1))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("until"));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> SPEC.withSpansPerTrace(0))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("spansPerTrace"));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> SPEC.withPromptVersions(List.of(new UUID(2, 1))))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("promptVersionIds"));
    }

    private static Instant at(double share) {
        return FROM.plus(Duration.ofMillis((long) (Duration.between(FROM, UNTIL).toMillis() * share)));
    }

    private static Instant started(NewTrace trace) {
        return Objects.requireNonNull(trace.startedAt());
    }

    private static Instant ended(NewSpan span) {
        return Objects.requireNonNull(span.endedAt());
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    private static double share(Predicate<NewTrace> which) {
        return (double) ALL.stream().filter(which).count() / COUNT;
    }

    private static boolean isRoot(NewSpan span) {
        return span.parentId() == null || Boolean.TRUE.equals(span.parentRemote());
    }

    private static double share(List<Integer> counts, Predicate<Integer> which) {
        return (double) counts.stream().filter(which).count() / counts.size();
    }

    private static Map<UUID, NewSpan> byId(NewTrace trace) {
        Map<UUID, NewSpan> byId = new HashMap<>();
        trace.spans().forEach(span -> byId.put(span.id(), span));
        return byId;
    }

    private static <K> Map<K, Long> counts(List<NewTrace> traces, Function<NewTrace, K> key) {
        return traces.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
    }
}
