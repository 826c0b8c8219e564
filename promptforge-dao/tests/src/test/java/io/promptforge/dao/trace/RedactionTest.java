package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.AtOnce;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Payloads that are removed for good, whatever telemetry comes later. */
class RedactionTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final String SECRET = "4111 1111 1111 1111";
    private static final Json DOCUMENT = Json.of(Map.of("card", SECRET));
    private static final Json NOTE = Json.of("removed on request");
    private static final Redaction REDACTION = Redaction.of("removed on request");
    private static final UUID ROOT = new UUID(0, 1);
    private static final UUID CHILD = new UUID(0, 2);

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID id = UUID.randomUUID();

    @Test
    void thePayloadsOfATraceAreReplacedAndTheRestStays() {
        traces.record(trace(0).spans(List.of(span(ROOT), span(CHILD))));
        Trace before = traces.find(id).orElseThrow();

        traces.redact(id, REDACTION);

        Trace trace = traces.find(id).orElseThrow();
        assertThat(secrets()).isZero();
        assertThat(trace.payload().orElseThrow().input()).contains(NOTE);
        assertThat(trace.payload().orElseThrow().output()).contains(NOTE);
        assertThat(trace.payload().orElseThrow().metadata()).isEqualTo(Json.emptyObject());
        assertThat(trace.errorMessage()).isEmpty();
        assertThat(trace.errorType()).contains("Declined");
        assertThat(trace.totals()).isEqualTo(before.totals());
        assertThat(trace.totals().inputTokens()).isEqualTo(10);
        SpanPayload span = traces.findSpan(id, CHILD).orElseThrow().payload().orElseThrow();
        assertThat(span)
                .isEqualTo(new SpanPayload(
                        Optional.of(NOTE), Optional.of(NOTE), Json.emptyObject(), Json.emptyArray(), Optional.empty()));
    }

    @Test
    void whatWasNotThereIsNotReplaced() {
        traces.record(NewTrace.of(id, project, "pay", ExecutionStatus.RUNNING, NOON));

        traces.redact(id, REDACTION);

        assertThat(traces.find(id).orElseThrow().payload().orElseThrow().input())
                .isEmpty();
    }

    @Test
    void itIsKnownWhenAndByWhichUser() {
        UUID user = fixture.user().id();
        Instant before = Instant.now().minus(1, ChronoUnit.MINUTES);
        traces.record(trace(0).spans(List.of(span(ROOT))));

        traces.redact(id, REDACTION.redactedBy(user));
        traces.redactSpans(id, List.of(ROOT), Redaction.of("twice"));

        Redacted ofTrace = traces.find(id)
                .orElseThrow()
                .payload()
                .orElseThrow()
                .redaction()
                .orElseThrow();
        assertThat(ofTrace.by()).contains(user);
        assertThat(ofTrace.note()).isEqualTo("removed on request");
        assertThat(ofTrace.at()).isAfter(before);
        SpanPayload span = traces.treeWithPayloads(id)
                .orElseThrow()
                .roots()
                .get(0)
                .span()
                .payload()
                .orElseThrow();
        assertThat(span.redaction().orElseThrow().by()).isEmpty();
        assertThat(span.input()).contains(Json.of("twice"));
    }

    @Test
    void telemetryThatComesAgainBringsNothingBack() {
        List<NewTrace> records = List.of(
                trace(0).spans(List.of(span(ROOT), span(CHILD))),
                trace(1).spans(List.of(span(ROOT).revision(2), span(CHILD).revision(3))),
                NewTrace.ofSpans(id, project, List.of(span(new UUID(0, 3)), span(new UUID(0, 4)))),
                NewTrace.of(id, project, "pay", ExecutionStatus.RUNNING, NOON.minusSeconds(5))
                        .input(DOCUMENT));
        List<String> results = new ArrayList<>();
        for (int seed = 0; seed < 12; seed++) {
            List<NewTrace> shuffled = new ArrayList<>(records);
            Collections.shuffle(shuffled, new Random(seed));
            traces.record(shuffled.get(0));
            traces.redact(id, REDACTION);
            traces.record(shuffled);
            traces.record(shuffled.get(3));
            assertThat(secrets()).isZero();
            results.add(
                    DATABASE.query("SELECT string_agg(concat_ws(' ', id, input, output, attributes, events, revision,"
                                            + " input_tokens, started_at), '|' ORDER BY id) FROM promptforge.spans WHERE trace_id = '"
                                            + id + "'")
                                    .get(0)
                            + traces.find(id).orElseThrow().totals());
            traces.delete(id);
        }
        assertThat(results.stream().distinct()).hasSize(1);
        assertThat(results.get(0)).contains("removed on request");
    }

    @Test
    void addedSpansAndTheEndOfARedactedTraceAreRedactedToo() {
        traces.record(NewTrace.of(id, project, "pay", ExecutionStatus.RUNNING, NOON));
        traces.redact(id, REDACTION);

        traces.addSpans(id, List.of(span(ROOT)));
        Trace ended = traces.finish(
                id,
                TraceOutcome.of(ExecutionStatus.ERROR, NOON.plusSeconds(9))
                        .output(DOCUMENT)
                        .errorType("Declined")
                        .errorMessage(SECRET));

        assertThat(secrets()).isZero();
        assertThat(ended.payload().orElseThrow().output()).contains(NOTE);
        assertThat(ended.errorMessage()).isEmpty();
        assertThat(ended.errorType()).contains("Declined");
        assertThat(ended.totals().spanCount()).isEqualTo(1);
    }

    @Test
    void someSpansAreRedactedAndStaySo() {
        List<NewSpan> spans = List.of(span(ROOT), span(CHILD));
        traces.record(NewTrace.ofSpans(id, project, spans));
        assertThat(traces.find(id).orElseThrow().errorMessage()).contains(SECRET);

        assertThat(traces.redactSpans(id, List.of(ROOT, UUID.randomUUID()), REDACTION))
                .isEqualTo(1);
        assertThat(traces.find(id).orElseThrow().errorMessage()).isEmpty();
        traces.addSpans(id, List.of(span(ROOT).revision(7), span(new UUID(0, 5)).parentId(ROOT)));

        assertThat(payload(ROOT).input()).contains(NOTE);
        assertThat(payload(ROOT).attributes()).isEqualTo(Json.emptyObject());
        assertThat(payload(CHILD).input()).contains(DOCUMENT);
        assertThat(payload(new UUID(0, 5)).input()).contains(DOCUMENT);
        assertThat(traces.find(id).orElseThrow().errorMessage()).isEmpty();
        assertThat(traces.find(id).orElseThrow().totals().inputTokens()).isEqualTo(10);
    }

    @Test
    void writersAtOnceLeaveNothingBehind() {
        for (int round = 0; round < 5; round++) {
            traces.record(trace(0));
            int revision = round;
            AtOnce.get(4, thread -> {
                for (int i = 0; i < 10; i++) {
                    if (thread == 0 && i == 3) {
                        traces.redact(id, REDACTION);
                    } else {
                        traces.record(trace(revision).spans(List.of(span(new UUID(thread, i)))));
                    }
                }
                return thread;
            });

            assertThat(secrets()).isZero();
            traces.delete(id);
        }
    }

    @Test
    void whatDoesNotExistOrIsTooLongIsRefused() {
        traces.record(trace(0));
        UUID foreigner = DATABASE.newTenant().user().id();

        assertThatThrownBy(() -> traces.redact(UUID.randomUUID(), REDACTION)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> traces.redactSpans(UUID.randomUUID(), List.of(ROOT), REDACTION))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> traces.redact(id, REDACTION.redactedBy(foreigner)))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("redacted_by"));
        assertThatThrownBy(() -> traces.redact(id, Redaction.of("x".repeat(1_001))))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("redaction_note"));
        assertThat(secrets()).isPositive();
    }

    private SpanPayload payload(UUID span) {
        return traces.findSpan(id, span).orElseThrow().payload().orElseThrow();
    }

    private NewTrace trace(int revision) {
        return NewTrace.of(id, project, "pay", ExecutionStatus.ERROR, NOON)
                .endedAt(NOON.plusSeconds(1))
                .input(DOCUMENT)
                .output(DOCUMENT)
                .metadata(DOCUMENT)
                .errorType("Declined")
                .errorMessage(SECRET)
                .revision(revision);
    }

    private static NewSpan span(UUID id) {
        return NewSpan.of(
                        id, "call", SpanKind.LLM, ExecutionStatus.ERROR, NOON.plusMillis(id.getLeastSignificantBits()))
                .endedAt(NOON.plusSeconds(1))
                .parentId(id.equals(ROOT) ? null : ROOT)
                .inputTokens(id.equals(CHILD) ? 10L : null)
                .input(DOCUMENT)
                .output(DOCUMENT)
                .attributes(DOCUMENT)
                .events(Json.of(List.of(SECRET)))
                .errorType("Declined")
                .errorMessage(SECRET);
    }

    /** The rows of the trace that mention the secret anywhere. */
    private int secrets() {
        return Integer.parseInt(DATABASE.query("""
                SELECT (SELECT count(*) FROM promptforge.traces t WHERE id = '%1$s' AND t::text LIKE '%%%2$s%%')
                    + (SELECT count(*) FROM promptforge.spans s WHERE trace_id = '%1$s' AND s::text LIKE '%%%2$s%%')
                """.formatted(id, SECRET)).get(0));
    }
}
