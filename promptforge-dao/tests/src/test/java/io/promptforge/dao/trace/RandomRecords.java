package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Records that contradict and complete each other in every column, the same for the same seed. */
final class RandomRecords {
    /** The names that spans call models by; the first two are those of registered ones. */
    static final List<String> MODELS = List.of("gpt-a", "gpt-b", "gpt-unknown");

    private static final List<Instant> MOMENTS = List.of(
            NOON, NOON.plusMillis(1), NOON.plusSeconds(5), NOON.plus(Duration.ofDays(20)), NOON.minusSeconds(3));

    private final Random random;
    private final UUID project;
    private final List<UUID> models;
    private final List<UUID> traceIds;
    private final List<UUID> spanIds;

    /** Records of three traces with four spans each; of the last of the traces only spans are ever known. */
    RandomRecords(long seed, UUID project, List<UUID> models) {
        this.random = new Random(seed);
        this.project = project;
        this.models = models;
        this.traceIds = ids(3, i -> new UUID(random.nextLong(), random.nextLong()));
        this.spanIds = ids(4, i -> new UUID(0, random.nextLong()));
    }

    /** So many records, some of a trace with spans, some of spans only. */
    List<NewTrace> take(int number) {
        List<NewTrace> records = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            records.add(random.nextInt(3) == 0 ? ofSpans() : ofTrace());
        }
        return records;
    }

    private NewTrace ofSpans() {
        NewTrace.Builder trace = NewTrace.builder(one(traceIds), project).spans(spans(1));
        maybe("production", trace::environment);
        maybe(one(List.of("s1", "s2")), trace::sessionId);
        return trace.build();
    }

    private NewTrace ofTrace() {
        boolean ended = random.nextBoolean();
        Instant start = one(MOMENTS);
        NewTrace.Builder trace = NewTrace.builder(
                        one(traceIds.subList(0, 2)),
                        project,
                        one(List.of("a", "b")),
                        ended ? one(ENDS) : ExecutionStatus.RUNNING,
                        start)
                .retryCount(random.nextInt(3))
                .spans(spans(0));
        if (ended) {
            maybe(start.plusMillis(random.nextInt(3)), trace::endedAt);
        }
        maybe(traceIds.get(0), trace::parentTraceId);
        maybe(one(List.of("x1", "x2")), trace::externalId);
        maybe(one(List.of("u1", "u2")), trace::endUserId);
        maybe(one(models), trace::modelId);
        maybe(one(MODELS), trace::modelName);
        maybe(one(List.of("openai", "azure")), trace::providerName);
        maybe(one(List.of("E1", "E2")), trace::errorType);
        maybe(one(List.of("broken", "split")), trace::errorMessage);
        maybe(document(), trace::input);
        maybe(document(), trace::output);
        maybe(object(), trace::metadata);
        return trace.build();
    }

    private static final List<ExecutionStatus> ENDS =
            List.of(ExecutionStatus.SUCCESS, ExecutionStatus.ERROR, ExecutionStatus.TIMEOUT);

    private List<NewSpan> spans(int least) {
        List<NewSpan> spans = new ArrayList<>();
        for (int i = random.nextInt(4) + least; i > 0; i--) {
            spans.add(span());
        }
        return spans;
    }

    private NewSpan span() {
        boolean ended = random.nextBoolean();
        Instant start = one(MOMENTS);
        UUID id = one(spanIds);
        NewSpan.Builder span = NewSpan.builder(
                id,
                one(List.of("call", "look up")),
                one(List.of(SpanKind.OTHER, SpanKind.LLM, SpanKind.TOOL)),
                ended ? one(ENDS) : ExecutionStatus.RUNNING,
                start);
        if (ended) {
            maybe(start.plusMillis(random.nextInt(3)), span::endedAt);
        }
        UUID parent = one(spanIds);
        maybe(parent.equals(id) ? null : parent, span::parentId);
        maybe(one(List.of("chat", "embeddings")), span::operationName);
        maybe(one(List.of("openai", "azure")), span::providerName);
        maybe(one(MODELS), span::requestModel);
        maybe(one(MODELS), span::responseModel);
        maybe(one(List.of("r1", "r2")), span::responseId);
        if (random.nextInt(6) == 0) {
            span.modelId(one(models));
        }
        if (random.nextInt(6) == 0) {
            span.cost(BigDecimal.valueOf(random.nextInt(100), 3));
        }
        maybe(one(List.of(List.of("stop"), List.of("a,\"b\\", "{c}"))), span::finishReasons);
        maybe(random.nextInt(3) / 2.0, span::temperature);
        maybe(random.nextInt(100), span::maxTokens);
        maybe(Duration.ofNanos(random.nextInt(9) * 500L), span::timeToFirstToken);
        tokens(span);
        maybe(one(List.of("E1", "E2")), span::errorType);
        maybe(one(List.of("broken", "split")), span::errorMessage);
        maybe(document(), span::input);
        maybe(document(), span::output);
        maybe(object(), span::attributes);
        maybe(Json.of(List.of(random.nextInt(3), "e")), span::events);
        return span.build();
    }

    private void tokens(NewSpan.Builder span) {
        long input = random.nextInt(50);
        long output = random.nextInt(50);
        maybe(input, span::inputTokens);
        maybe(output, span::outputTokens);
        maybe((long) random.nextInt((int) input + 1), span::cachedInputTokens);
        maybe((long) random.nextInt((int) input + 1), span::cacheCreationInputTokens);
        maybe((long) random.nextInt((int) output + 1), span::reasoningOutputTokens);
    }

    private Json document() {
        return one(List.of(
                Json.of("text"), Json.of(List.of(1, 2.5)), Json.of(Map.of("b", 1, "a", "x")), Json.parse("null")));
    }

    private Json object() {
        return one(List.of(Json.of(Map.of("k", random.nextInt(20))), Json.of(Map.of("l", "v", "k", "w"))));
    }

    private <T> void maybe(@Nullable T value, Consumer<T> set) {
        if (random.nextBoolean() && value != null) {
            set.accept(value);
        }
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static List<UUID> ids(int number, IntFunction<UUID> id) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            ids.add(id.apply(i));
        }
        return ids;
    }
}
