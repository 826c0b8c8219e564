package io.promptforge.dao.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.TestTenant;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EstimatedBytesTest {

    /** {@code greet}, 5 characters, and an empty object. */
    private static final long SMALLEST = 512 + (64 + 2 * 5) + 160;

    /** {@code step}, 4 characters, an empty object and an empty array. */
    private static final long SMALLEST_SPAN = 512 + (64 + 2 * 4) + 160 + 160;

    private final NewTrace trace = TestTenant.newTrace(UUID.randomUUID(), UUID.randomUUID());
    private final NewSpan span =
            NewSpan.of(UUID.randomUUID(), "step", SpanKind.TOOL, ExecutionStatus.SUCCESS, TestTenant.NOON);

    @Test
    void aTextCountsByItsCharacters() {
        assertThat(bytes(trace)).isEqualTo(SMALLEST);
        assertThat(bytes(trace.errorMessage("x".repeat(1000)))).isEqualTo(SMALLEST + 64 + 2000);
    }

    @Test
    void aDocumentCountsByItsValuesNamesAndTexts() {
        Json document = Json.of(Map.of("messages", List.of("hi", 1234)));

        assertThat(bytes(trace.input(document))).isEqualTo(SMALLEST + 160 + (64 + 2 * 8) + 160 + (64 + 2 * 2) + 64 + 4);
    }

    @Test
    void spansCountWithAllTheyHold() {
        assertThat(bytes(trace.spans(List.of(span, span)))).isEqualTo(SMALLEST + 2 * SMALLEST_SPAN);
        assertThat(bytes(trace.spans(List.of(span.output(Json.of("four")).finishReasons(List.of("stop"))))))
                .isEqualTo(SMALLEST + SMALLEST_SPAN + 2 * (64 + 2 * 4));
    }

    private static long bytes(NewTrace trace) {
        return trace.estimatedBytes();
    }
}
