package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A trace whose own record is not there is described by its root span. */
class TraceWithoutRootTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID id = UUID.randomUUID();

    @Test
    void aServiceThatAnotherOneCallsGivesItsSpanToTheTrace() {
        record(
                span(2, 1, "inner", ExecutionStatus.SUCCESS).endedAt(at(2)),
                span(1, 99, "GET /answer", ExecutionStatus.ERROR)
                        .endedAt(at(3))
                        .errorType("Timeout")
                        .parentRemote(true));

        Trace trace = find();
        assertThat(trace.name()).isEqualTo("GET /answer");
        assertThat(trace.status()).isEqualTo(ExecutionStatus.ERROR);
        assertThat(trace.startedAt()).isEqualTo(at(1));
        assertThat(trace.endedAt()).contains(at(3));
        assertThat(trace.errorType()).contains("Timeout");
    }

    @Test
    void itRunsAsLongAsThatSpan() {
        record(span(1, 99, "GET /answer", ExecutionStatus.RUNNING).parentRemote(true));
        assertThat(find().status()).isEqualTo(ExecutionStatus.RUNNING);

        record(span(1, 99, "GET /answer", ExecutionStatus.SUCCESS)
                .endedAt(at(4))
                .parentRemote(true));

        assertThat(find().status()).isEqualTo(ExecutionStatus.SUCCESS);
        assertThat(find().endedAt()).contains(at(4));
    }

    @Test
    void theEarliestOfTwoRootsIsTheRootWhicheverComesFirst() {
        record(span(5, 0, "z late", ExecutionStatus.SUCCESS).endedAt(at(6)));
        record(span(3, 0, "a early", ExecutionStatus.SUCCESS).endedAt(at(4)));
        record(span(7, 0, "zz later", ExecutionStatus.SUCCESS).endedAt(at(8)));

        assertThat(find().name()).isEqualTo("a early");
        assertThat(find().startedAt()).isEqualTo(at(3));
    }

    @Test
    void ofTwoRootsThatStartAtOnceTheLeastIdIsTheRootWhicheverComesFirst() {
        NewSpan first = NewSpan.of(new UUID(0, 1), "first", SpanKind.CHAIN, ExecutionStatus.SUCCESS, NOON);
        NewSpan second = NewSpan.of(new UUID(0, 2), "second", SpanKind.CHAIN, ExecutionStatus.SUCCESS, NOON);
        UUID other = UUID.randomUUID();

        record(first, second);
        traces.record(NewTrace.ofSpans(other, project, List.of(second, first)));

        assertThat(find().name()).isEqualTo("first");
        assertThat(traces.find(other).orElseThrow().name()).isEqualTo("first");
    }

    @Test
    void aSpanThatAnotherServiceCalledGoesBeforeAnEarlierOneWhoseParentHasNotCome() {
        record(
                span(1, 99, "child of a span that is late", ExecutionStatus.SUCCESS)
                        .endedAt(at(2)),
                span(3, 98, "GET /answer", ExecutionStatus.SUCCESS)
                        .endedAt(at(4))
                        .parentRemote(true));

        assertThat(find().name()).isEqualTo("GET /answer");
    }

    @Test
    void aParentThatComesLaterIsTheRoot() {
        record(span(2, 1, "child", ExecutionStatus.SUCCESS).endedAt(at(3)));
        assertThat(find().name()).isEqualTo("child");

        record(span(1, 0, "parent", ExecutionStatus.SUCCESS).endedAt(at(9)));

        assertThat(find().name()).isEqualTo("parent");
        assertThat(find().endedAt()).contains(at(9));
    }

    @Test
    void aSpanWithoutParentGoesBeforeAnEarlierOneWhoseParentHasNotCome() {
        record(
                span(1, 99, "child of a span that is late", ExecutionStatus.SUCCESS)
                        .endedAt(at(2)),
                span(3, 0, "root", ExecutionStatus.SUCCESS).endedAt(at(4)));

        assertThat(find().name()).isEqualTo("root");
    }

    @Test
    void theFirstSpanOfACycleIsTheRoot() {
        record(
                span(2, 3, "second", ExecutionStatus.SUCCESS).endedAt(at(3)),
                span(3, 2, "third", ExecutionStatus.SUCCESS).endedAt(at(4)));

        assertThat(find().name()).isEqualTo("second");
    }

    @Test
    void theRecordOfTheTraceItselfReplacesTheDescription() {
        record(span(1, 99, "GET /answer", ExecutionStatus.ERROR).endedAt(at(3)).errorType("Timeout"));

        traces.record(NewTrace.of(id, project, "question", ExecutionStatus.SUCCESS, at(0))
                .endedAt(at(9)));

        Trace trace = find();
        assertThat(trace.name()).isEqualTo("question");
        assertThat(trace.status()).isEqualTo(ExecutionStatus.SUCCESS);
        assertThat(trace.errorType()).isEmpty();
    }

    @Test
    void itCanBeFinishedAndKeepsTheNameOfItsRoot() {
        record(span(1, 99, "GET /answer", ExecutionStatus.SUCCESS).endedAt(at(3)));

        Trace finished = traces.finish(id, TraceOutcome.of(ExecutionStatus.TIMEOUT, at(5)));

        assertThat(finished.name()).isEqualTo("GET /answer");
        assertThat(finished.status()).isEqualTo(ExecutionStatus.TIMEOUT);

        record(span(2, 1, "late", ExecutionStatus.SUCCESS).endedAt(at(3)));
        assertThat(find().status()).isEqualTo(ExecutionStatus.TIMEOUT);
        assertThat(find().endedAt()).contains(at(5));
        assertThat(find().name()).isEqualTo("GET /answer");
    }

    @Test
    void aRootThatStartsAfterTheTraceWasFinishedDoesNotMoveTheEnd() {
        record(span(2, 9, "child", ExecutionStatus.SUCCESS).endedAt(at(3)));
        traces.finish(id, TraceOutcome.of(ExecutionStatus.SUCCESS, at(4)));

        record(span(9, 0, "root of a fast clock", ExecutionStatus.SUCCESS).endedAt(at(12)));

        assertThat(find().name()).isEqualTo("root of a fast clock");
        assertThat(find().startedAt()).isEqualTo(at(4));
        assertThat(find().endedAt()).contains(at(4));
    }

    @Test
    void aTraceOfTwoProjectsHasTheSpansOfBoth() {
        UUID other = fixture.project().id();
        traces.record(NewTrace.of(id, project, "gateway", ExecutionStatus.SUCCESS, at(0))
                .endedAt(at(9))
                .spans(List.of(span(1, 0, "step", ExecutionStatus.SUCCESS).endedAt(at(9)))));

        traces.record(NewTrace.ofSpans(
                id,
                other,
                List.of(span(2, 1, "step", ExecutionStatus.SUCCESS)
                        .endedAt(at(5))
                        .parentRemote(true))));

        assertThat(find().projectId()).isEqualTo(project);
        assertThat(traces.tree(id).orElseThrow().roots()).singleElement().satisfies(root -> assertThat(root.children())
                .hasSize(1));
    }

    private Trace find() {
        return traces.find(id).orElseThrow();
    }

    private void record(NewSpan... spans) {
        traces.record(NewTrace.ofSpans(id, project, List.of(spans)));
    }

    private static Instant at(int seconds) {
        return NOON.plusSeconds(seconds);
    }

    /** A span that starts at the second of its number; parent 0 for none. */
    private static NewSpan span(int number, int parent, String name, ExecutionStatus status) {
        return NewSpan.of(new UUID(0, number), name, SpanKind.CHAIN, status, at(number))
                .parentId(parent == 0 ? null : new UUID(0, parent));
    }
}
