package io.promptforge.dao.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A span that cannot be read is reported, and takes no other span with it. */
class UnreadSpansTest {
    private static final String OTHER = "00000000000000aa";

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "trace_id, -, b7ad6b7169203331, ''",
                "trace_id, xyz, b7ad6b7169203331, ''",
                "trace_id, 00000000000000000000000000000000, b7ad6b7169203331, ''",
                "span_id, 0af7651916cd43dd8448eb211c80319c, -, ''",
                "span_id, 0af7651916cd43dd8448eb211c80319c, 0000000000000000, ''",
                "parent_span_id, 0af7651916cd43dd8448eb211c80319c, b7ad6b7169203331, x",
            })
    @SuppressWarnings("NullAway") // on purpose
    void aMalformedIdIsReportedByItsPlaceAndField(
            String field, @Nullable String trace, @Nullable String span, String parent) {
        MappedTraces mapped = map(
                Sent.root(),
                OpenTelemetrySpan.of(trace, span, "a", Sent.START).parentSpanId(parent),
                OpenTelemetrySpan.of(Sent.TRACE, OTHER, "b", Sent.START).parentSpanId(Sent.SPAN));

        assertThat(mapped.traces()).hasSize(1);
        assertThat(mapped.traces().get(0).spans()).hasSize(2);
        assertThat(mapped.unread()).hasSize(1);
        UnreadSpan unread = mapped.unread().get(0);
        assertThat(unread.path()).isEqualTo("spans[1]");
        assertThat(unread.field()).isEqualTo(field);
        assertThat(unread.traceId()).isEqualTo(trace);
        assertThat(unread.spanId()).isEqualTo(span);
        assertThat(unread.problem()).startsWith("The field " + field + " is ");
        assertThat(unread).hasToString("spans[1]: " + unread.problem());
    }

    @Test
    void aSpanThatIsNullIsReported() {
        MappedTraces mapped = map(null, Sent.root());

        assertThat(mapped.traces()).hasSize(1);
        assertThat(mapped.unread())
                .containsExactly(
                        new UnreadSpan("spans[0]", null, null, "spans", "The field spans is null. Give a value."));
    }

    @Test
    void anAttributeWhoseValueFailsIsReportedWithoutItsMessage() {
        Object failing = (Iterable<Object>) () -> {
            throw new IllegalStateException("a secret");
        };
        MappedTraces mapped = map(
                OpenTelemetrySpan.of(Sent.TRACE, OTHER, "b", Sent.START).attributes(Map.of("value", failing)),
                Sent.root());

        assertThat(mapped.traces().get(0).spans()).hasSize(1);
        assertThat(mapped.unread())
                .containsExactly(new UnreadSpan(
                        "spans[0]",
                        Sent.TRACE,
                        OTHER,
                        "spans",
                        "The value of an attribute fails with java.lang.IllegalStateException."));
    }

    @Test
    void nothingButUnreadSpansMakesNoTrace() {
        assertThat(map(OpenTelemetrySpan.of("", "", "", 0)).traces()).isEmpty();
    }

    private static MappedTraces map(@Nullable OpenTelemetrySpan... spans) {
        @SuppressWarnings("NullAway") // on purpose
        List<OpenTelemetrySpan> list = Arrays.asList(spans);
        return OpenTelemetryTraces.of(Sent.PROJECT, Map.of(), list);
    }
}
