package io.promptforge.benchmarks;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Traces of an application that answers questions by retrieval, tools and models.
 *
 * @param seed others for other seeds
 * @param projectId their project
 * @param from when the first begins
 * @param range within which they begin
 */
record SampleTraces(long seed, UUID projectId, Instant from, Duration range) implements TraceSource {
    static final List<String> MODELS = List.of("gpt-4o", "gpt-4o-mini", "claude-sonnet");

    private static final String WORDS = "the invoice of your last order was sent to the address that you gave when you"
            + " registered, and the amount will be booked within the next five working days. ";

    @Override
    public NewTrace trace(long index) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + index);
        Instant start = from.plusNanos(random.nextLong(range.toNanos()) / 1_000 * 1_000);
        int count = random.nextInt(4, 17);
        List<NewSpan> spans = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            spans.add(span(random, start.plusMillis(i * 40L), spans));
        }
        return NewTrace.builder(id(random), projectId, "answer question", ExecutionStatus.SUCCESS, start)
                .endedAt(start.plusMillis(count * 40L + 500))
                .environment(random.nextInt(4) == 0 ? "staging" : "production")
                .sessionId("session-" + random.nextInt(1_000_000))
                .endUserId("user-" + random.nextInt(100_000))
                .externalId("request-" + seed + "-" + index)
                .input(Json.of(Map.of("question", text(random))))
                .output(Json.of(Map.of("answer", text(random))))
                .spans(spans)
                .build();
    }

    private static NewSpan span(SplittableRandom random, Instant start, List<NewSpan> before) {
        SpanKind kind = before.isEmpty()
                ? SpanKind.AGENT
                : List.of(SpanKind.LLM, SpanKind.LLM, SpanKind.RETRIEVAL, SpanKind.TOOL)
                        .get(random.nextInt(4));
        NewSpan.Builder span = NewSpan.builder(
                        id(random), kind.name().toLowerCase(Locale.ROOT), kind, ExecutionStatus.SUCCESS, start)
                .endedAt(start.plusMillis(random.nextInt(20, 500)))
                .input(Json.of(Map.of("content", text(random))))
                .output(Json.of(Map.of("content", text(random))))
                .attributes(Json.of(Map.of("service.name", "assistant", "attempt", random.nextInt(3))));
        if (!before.isEmpty()) {
            span.parentId(before.get(random.nextInt(before.size())).id());
        }
        if (kind == SpanKind.LLM) {
            String model = MODELS.get(random.nextInt(MODELS.size()));
            span.operationName("chat")
                    .providerName("openai")
                    .requestModel(model)
                    .responseModel(model)
                    .responseId("chatcmpl-" + Long.toHexString(random.nextLong()))
                    .finishReasons(List.of("stop"))
                    .temperature(0.2)
                    .maxTokens(1_024)
                    .inputTokens(random.nextLong(200, 4_000))
                    .outputTokens(random.nextLong(20, 800));
        }
        return span.build();
    }

    private static UUID id(SplittableRandom random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static String text(SplittableRandom random) {
        return random.nextInt() + " "
                + WORDS.substring(random.nextInt(WORDS.length() / 2)).repeat(2);
    }
}
