package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A record of a greater revision replaces what those of smaller ones said, whichever comes first. */
class TraceRevisionTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final UUID SPAN = new UUID(0, 1);

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID id = UUID.randomUUID();

    private final NewSpan original = span().input(Json.of("card 4111 1111 1111 1111, please"))
            .inputTokens(1_000L)
            .attributes(Json.parse("{\"card\": \"4111\"}"));
    private final NewSpan corrected =
            span().input(Json.of("card ****, please")).inputTokens(10L).revision(1);

    @Test
    void aMaskedTextAndACorrectedCountReplaceTheOriginals() {
        record(original);
        record(corrected);

        assertCorrected();
    }

    @Test
    void theOriginalThatComesLateOrAgainChangesNothing() {
        record(corrected);
        record(original);
        record(original);
        record(corrected);

        assertCorrected();
    }

    @Test
    void bothInOneBatchAreTheSame() {
        record(original, corrected);

        assertCorrected();
    }

    @Test
    void recordsOfOneRevisionMerge() {
        record(corrected);
        record(span().outputTokens(7L).revision(1));

        assertCorrected();
        assertThat(traces.find(id).orElseThrow().totals().outputTokens()).isEqualTo(7);
    }

    @Test
    void aTraceIsCorrectedByItself() {
        traces.record(trace("ask for card 4111")
                .input(Json.of("a long input with a card number"))
                .spans(List.of(original)));
        traces.record(trace("ask").revision(2));

        Trace trace = traces.find(id).orElseThrow();
        assertThat(trace.name()).isEqualTo("ask");
        assertThat(trace.payload().orElseThrow().input()).isEmpty();
        assertThat(trace.totals().inputTokens())
                .as("spans have revisions of their own")
                .isEqualTo(1_000);
    }

    @Test
    void aNegativeRevisionIsRefused() {
        assertThatThrownBy(() -> record(span().revision(-1)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("revision"));
    }

    private void assertCorrected() {
        Span span = traces.findSpan(id, SPAN).orElseThrow();
        assertThat(span.payload().orElseThrow().input()).contains(Json.of("card ****, please"));
        assertThat(span.payload().orElseThrow().attributes()).isEqualTo(Json.emptyObject());
        assertThat(traces.find(id).orElseThrow().totals().inputTokens()).isEqualTo(10);
    }

    private void record(NewSpan... spans) {
        traces.record(NewTrace.ofSpans(id, project, List.of(spans)));
    }

    private NewTrace trace(String name) {
        return NewTrace.of(id, project, name, ExecutionStatus.SUCCESS, NOON);
    }

    private static NewSpan span() {
        return NewSpan.of(SPAN, "call", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON);
    }
}
