package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TraceSummaryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();

    @Test
    void noTraceIsZeroOfEverything() {
        assertThat(traces.summary(TraceFilter.all().projectId(project)))
                .isEqualTo(new TraceSummary(
                        Map.of(
                                ExecutionStatus.RUNNING, 0L,
                                ExecutionStatus.SUCCESS, 0L,
                                ExecutionStatus.ERROR, 0L,
                                ExecutionStatus.TIMEOUT, 0L),
                        0,
                        0,
                        0,
                        BigDecimal.ZERO,
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void tracesAreCountedByStatusAndAddedUp() {
        List<NewTrace> batch = new ArrayList<>();
        for (int micros = 1; micros <= 20; micros++) {
            batch.add(trace(micros <= 15 ? ExecutionStatus.SUCCESS : ExecutionStatus.ERROR)
                    .endedAt(NOON.plus(micros, ChronoUnit.MICROS))
                    .spans(List.of(span(), span())));
        }
        batch.add(trace(ExecutionStatus.RUNNING).spans(List.of(span())));
        traces.record(batch);
        fixture.trace(fixture.project().id());

        TraceSummary summary = traces.summary(TraceFilter.all().projectId(project));

        assertThat(summary)
                .isEqualTo(new TraceSummary(
                        Map.of(
                                ExecutionStatus.RUNNING, 1L,
                                ExecutionStatus.SUCCESS, 15L,
                                ExecutionStatus.ERROR, 5L,
                                ExecutionStatus.TIMEOUT, 0L),
                        41,
                        41_000_000_000L * 3,
                        41 * 2,
                        new BigDecimal("0.000000000041"),
                        0,
                        0,
                        Optional.of(Duration.of(11, ChronoUnit.MICROS)),
                        Optional.of(Duration.of(10, ChronoUnit.MICROS)),
                        Optional.of(Duration.of(19, ChronoUnit.MICROS))));
        assertThat(summary.traces()).isEqualTo(21);
        assertThat(summary.totalTokens()).isEqualTo(41_000_000_000L * 3 + 41 * 2);
        assertThat(summary.byStatus().keySet()).containsExactly(ExecutionStatus.values());
    }

    @Test
    void theChildrenOfManyTracesAreSummedUpByTheirParent() {
        UUID one = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        traces.record(List.of(
                trace(ExecutionStatus.ERROR).parentTraceId(one).spans(List.of(span(), span())),
                trace(ExecutionStatus.RUNNING).parentTraceId(one),
                trace(ExecutionStatus.SUCCESS)
                        .parentTraceId(other)
                        .endedAt(NOON.plusSeconds(2))
                        .spans(List.of(span())),
                trace(ExecutionStatus.SUCCESS).parentTraceId(UUID.randomUUID()),
                trace(ExecutionStatus.SUCCESS)));

        Map<UUID, TraceSummary> summaries = traces.childSummaries(List.of(other, UUID.randomUUID(), one));

        assertThat(summaries.keySet()).containsExactly(other, one);
        assertThat(summaries.get(one)).satisfies(summary -> {
            assertThat(summary.traces()).isEqualTo(2);
            assertThat(summary.byStatus())
                    .containsEntry(ExecutionStatus.ERROR, 1L)
                    .containsEntry(ExecutionStatus.RUNNING, 1L)
                    .containsEntry(ExecutionStatus.SUCCESS, 0L);
            assertThat(summary.totalTokens()).isEqualTo(6_000_000_004L);
            assertThat(summary.cost()).isEqualTo(new BigDecimal("0.000000000002"));
            assertThat(summary.averageDuration()).isEmpty();
        });
        assertThat(summaries.get(other)).satisfies(summary -> {
            assertThat(summary.traces()).isEqualTo(1);
            assertThat(summary.spans()).isEqualTo(1);
            assertThat(summary.medianDuration()).contains(Duration.ofSeconds(2));
        });
    }

    private NewTrace trace(ExecutionStatus status) {
        return NewTrace.of(UUID.randomUUID(), project, "t", status, NOON);
    }

    private static NewSpan span() {
        return NewSpan.of(UUID.randomUUID(), "s", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                .inputTokens(3_000_000_000L)
                .outputTokens(2L)
                .cost(new BigDecimal("0.000000000001"));
    }
}
