package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.RecordedStatements;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sets stays, whatever records come later; everything else merges as without the edit. */
class TraceEditTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final TraceChanges RENAMED = TraceChanges.none().name("Bob's refund");
    private static final TraceChanges TAGGED = TraceChanges.none().tags(List.of("case 7", "Ärger"));

    private static final String ODD = "a, \"b\" {c} \\ NULL";

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID id = UUID.randomUUID();

    @Test
    void anEditSetsWhatItNamesAndKeepsTheRest() {
        Trace before = recorded(trace("answer").tags(List.of("beta")).sessionId("s"));

        Trace renamed = traces.update(id, RENAMED);

        assertThat(renamed)
                .usingRecursiveComparison()
                .ignoringFields("name", "updatedAt")
                .isEqualTo(before);
        assertThat(renamed.name()).isEqualTo("Bob's refund");
        assertThat(traces.update(id, TraceChanges.none())).isEqualTo(renamed);
        assertThat(traces.update(id, TraceChanges.none().tags(List.of("b", "a", "b")))
                        .tags())
                .containsExactly("a", "b");
        assertThat(traces.update(id, TraceChanges.none().tags(List.of())).tags())
                .isEmpty();
    }

    @Test
    void anEditOfAnOutdatedOrUnknownTraceIsRefused() {
        Trace before = recorded(trace("answer"));
        traces.update(id, RENAMED.ifUnchangedSince(before.updatedAt()));

        assertThatThrownBy(() -> traces.update(id, RENAMED.ifUnchangedSince(before.updatedAt())))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> traces.update(UUID.randomUUID(), RENAMED)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> DATABASE.newTenant().tenant().traces().update(id, RENAMED))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> traces.update(id, TraceChanges.none().name("x".repeat(201))))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("name"));
        assertThatThrownBy(() -> TraceChanges.none().tags(List.of(" ")))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("tags"));
    }

    @Test
    void aRecordOfTheEndReplacesAllButWhatAPersonHasSet() {
        traces.record(NewTrace.of(id, project, "answer", ExecutionStatus.RUNNING, NOON));
        traces.update(id, RENAMED);

        traces.record(trace("zzz").environment("production").tags(List.of("beta")));

        assertThat(traces.find(id)).hasValueSatisfying(trace -> {
            assertThat(trace.name()).isEqualTo("Bob's refund");
            assertThat(trace.status()).isEqualTo(ExecutionStatus.SUCCESS);
            assertThat(trace.environment()).contains("production");
            assertThat(trace.tags()).containsExactly("beta");
        });
    }

    @Test
    void aRecordOfAGreaterRevisionReplacesAllButWhatAPersonHasSet() {
        recorded(trace("answer").tags(List.of("beta")));
        traces.update(id, RENAMED);
        traces.update(id, TAGGED);

        traces.record(
                trace("corrected").tags(List.of("gamma")).environment("staging").revision(1));

        assertThat(traces.find(id)).hasValueSatisfying(trace -> {
            assertThat(trace.name()).isEqualTo("Bob's refund");
            assertThat(trace.tags()).containsExactly("case 7", "Ärger");
            assertThat(trace.environment()).contains("staging");
        });
    }

    @Test
    void theNameOfATraceThatItsSpansDescribeStaysWhenTheirRootComes() {
        NewSpan child = span(1, 2L).parentId(new UUID(0, 9));
        traces.record(NewTrace.ofSpans(id, project, List.of(child)));
        traces.update(id, RENAMED);

        traces.addSpans(id, List.of(span(9, 1L)));
        traces.finish(id, TraceOutcome.of(ExecutionStatus.ERROR, NOON.plusSeconds(9)));
        traces.addSpans(id, List.of(span(3, 5L)));

        assertThat(traces.find(id)).hasValueSatisfying(trace -> {
            assertThat(trace.name()).isEqualTo("Bob's refund");
            assertThat(trace.status()).isEqualTo(ExecutionStatus.ERROR);
            assertThat(trace.totals().inputTokens()).isEqualTo(7);
        });
    }

    /** An edited column takes the edit's value; of all others, and of the totals, the order of edits and records tells nothing. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theResultDoesNotDependOnWhenTheEditCame(long seed) {
        Random random = new Random(seed);
        List<NewTrace> records = new ArrayList<>(List.of(
                NewTrace.of(id, project, "running", ExecutionStatus.RUNNING, NOON)
                        .tags(List.of("early"))
                        .spans(List.of(span(1, 3L))),
                trace("answer").tags(List.of("beta")).externalId("x1").spans(List.of(span(2, 4L))),
                trace("answer again").tags(List.of("gamma")).externalId("x2"),
                NewTrace.ofSpans(id, project, List.of(span(3, 5L)))));
        Collections.shuffle(records, random);
        int edited = 1 + random.nextInt(records.size());
        for (int i = 0; i < records.size(); i++) {
            if (i == edited) {
                traces.update(id, RENAMED);
            }
            traces.record(records.get(i));
        }
        traces.update(id, RENAMED);
        records.forEach(traces::record);

        assertThat(traces.find(id)).hasValueSatisfying(trace -> {
            assertThat(trace.name()).isEqualTo("Bob's refund");
            assertThat(trace.tags()).containsExactly("beta", "gamma");
            assertThat(trace.externalId()).contains("x2");
            assertThat(trace.startedAt()).isEqualTo(NOON);
            assertThat(trace.totals().inputTokens()).isEqualTo(12);
        });
    }

    @Test
    void aRecordThatIsStoredAlreadyWritesNothingThoughTheTraceWasEdited() {
        NewTrace running = NewTrace.of(id, project, "answer", ExecutionStatus.RUNNING, NOON);
        NewTrace ended = trace("answer").spans(List.of(span(1, 2L)));
        traces.record(running);
        traces.update(id, RENAMED);
        RecordedStatements statements = new RecordedStatements(DATABASE.dataSource());
        TraceRepository recorded = PromptForge.create(statements.dataSource())
                .tenant(fixture.organization().id())
                .traces();

        assertThat(statements.of(() -> recorded.record(running))).hasSize(2);
        recorded.record(ended);
        Trace stored = traces.find(id).orElseThrow();
        assertThat(statements.of(() -> recorded.record(ended)))
                .as("recognised by its fingerprint")
                .hasSize(2);
        assertThat(traces.find(id)).contains(stored);
        recorded.record(running);
        assertThat(traces.find(id)).contains(stored);
    }

    @Test
    void tagsOfAllRecordsAreUnited() {
        recorded(trace("answer").tags(List.of("b", "a")));

        traces.record(trace("answer").tags(List.of("c", "a", ODD)));
        traces.record(trace("answer"));

        assertThat(traces.find(id).orElseThrow().tags()).containsExactly("a", ODD, "b", "c");
    }

    private Trace recorded(NewTrace trace) {
        traces.record(trace);
        return traces.find(id).orElseThrow();
    }

    private NewTrace trace(String name) {
        return NewTrace.of(id, project, name, ExecutionStatus.SUCCESS, NOON).endedAt(NOON.plusSeconds(1));
    }

    private static NewSpan span(long number, long tokens) {
        return NewSpan.of(new UUID(0, number), "call", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                .inputTokens(tokens);
    }
}
