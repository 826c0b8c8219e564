package io.promptforge.dao.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model of a trace that reports none: that of the spans which cost most, else used most tokens, else were called most often. */
class DominantModelTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final TestTenant fixture = DATABASE.newTenant();
    private final UUID project = fixture.project().id();
    private final TraceRepository traces = fixture.tenant().traces();

    /** A call is written as its model, its cost and its tokens. */
    @ParameterizedTest
    @CsvSource({
        "a 1 9 | b 2 1,                     b",
        "a 1 5 | b 1 9,                     b",
        "a 1 5 | a 1 1 | b 1 1 | b 1 6,     b",
        "a - 5 | b - 6,                     b",
        "a - - | b - - | b - -,             b",
        "b 1 5 | a 1 5,                     a",
        "a - 100 | b 1 1,                   b"
    })
    void isThatOfTheCallsThatWeighMost(String calls, String model) {
        List<NewSpan> spans = new ArrayList<>(
                Stream.of(calls.split(" \\| ", -1)).map(DominantModelTest::call).toList());

        assertThat(modelOf(spans)).isEqualTo(model);
        Collections.reverse(spans);
        assertThat(modelOf(spans)).isEqualTo(model);
    }

    private String modelOf(List<NewSpan> spans) {
        UUID id = UUID.randomUUID();
        traces.record(NewTrace.of(id, project, "greet", ExecutionStatus.SUCCESS, START)
                .spans(List.copyOf(spans)));
        return traces.find(id).orElseThrow().modelName().orElseThrow();
    }

    private static NewSpan call(String text) {
        String[] parts = text.split(" ", -1);
        NewSpan call = NewSpan.of(UUID.randomUUID(), "chat", SpanKind.LLM, ExecutionStatus.SUCCESS, START)
                .requestModel(parts[0]);
        call = parts[1].equals("-") ? call : call.cost(new BigDecimal(parts[1]));
        return parts[2].equals("-") ? call : call.inputTokens(Long.parseLong(parts[2]));
    }
}
