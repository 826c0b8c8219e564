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
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Records that contradict and complete each other in every column, the same for the same seed. */
final class RandomRecords {
    /** The names that spans call models by; the first two are those of registered ones. */
    static final List<String> MODELS = List.of("gpt-a", "gpt-b", "gpt-unknown");

    private static final List<Instant> MOMENTS = List.of(
            NOON, NOON.plusMillis(1), NOON.plusSeconds(5), NOON.plus(Duration.ofDays(20)), NOON.minusSeconds(3));

    private final Random random;
    private final List<UUID> projects;
    private final List<UUID> models;
    private final List<UUID> traceIds;
    private final List<UUID> spanIds;

    /** Records of three traces with four spans each; of the last of the traces only spans are ever known. */
    RandomRecords(long seed, List<UUID> projects, List<UUID> models) {
        this.random = new Random(seed);
        this.projects = projects;
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
        NewTrace trace = NewTrace.ofSpans(one(traceIds), one(projects), spans(1));
        trace = maybe(trace, NewTrace::environment, "production");
        trace = maybe(trace, NewTrace::sessionId, one(List.of("s1", "s2")));
        return trace;
    }

    private NewTrace ofTrace() {
        boolean ended = random.nextBoolean();
        Instant start = one(MOMENTS);
        NewTrace trace = NewTrace.of(
                        one(traceIds.subList(0, 2)),
                        one(projects),
                        one(List.of("a", "b")),
                        ended ? one(ENDS) : ExecutionStatus.RUNNING,
                        start)
                .retryCount(random.nextInt(3))
                .spans(spans(0));
        if (ended) {
            trace = maybe(trace, NewTrace::endedAt, start.plusMillis(random.nextInt(3)));
        }
        trace = random.nextInt(5) == 0 ? trace.revision(random.nextInt(3)) : trace;
        trace = maybe(trace, NewTrace::inputTokens, (long) random.nextInt(9));
        trace = maybe(trace, NewTrace::outputTokens, (long) random.nextInt(9));
        trace = maybe(trace, NewTrace::cost, BigDecimal.valueOf(random.nextInt(9), 2));
        trace = maybe(trace, NewTrace::parentTraceId, traceIds.get(0));
        trace = maybe(trace, NewTrace::externalId, one(List.of("x1", "x2")));
        trace = maybe(trace, NewTrace::endUserId, one(List.of("u1", "u2")));
        trace = maybe(trace, NewTrace::modelId, one(models));
        trace = maybe(trace, NewTrace::modelName, one(MODELS));
        trace = maybe(trace, NewTrace::providerName, one(List.of("openai", "azure")));
        trace = maybe(trace, NewTrace::errorType, one(List.of("E1", "E2")));
        trace = maybe(trace, NewTrace::errorMessage, one(List.of("broken", "split")));
        trace = maybe(trace, NewTrace::input, document());
        trace = maybe(trace, NewTrace::output, document());
        trace = maybe(trace, NewTrace::metadata, object());
        trace = maybe(trace, NewTrace::tags, List.of(one(List.of("t1", "t2")), one(List.of("t2", "t3"))));
        return trace;
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
        NewSpan span = NewSpan.of(
                id,
                one(List.of("call", "look up")),
                one(List.of(SpanKind.OTHER, SpanKind.LLM, SpanKind.TOOL)),
                ended ? one(ENDS) : ExecutionStatus.RUNNING,
                start);
        if (ended) {
            span = maybe(span, NewSpan::endedAt, start.plusMillis(random.nextInt(3)));
        }
        span = random.nextInt(5) == 0 ? span.revision(random.nextInt(3)) : span;
        span = maybe(span, NewSpan::parentRemote, random.nextBoolean());
        UUID parent = one(spanIds);
        span = maybe(span, NewSpan::parentId, parent.equals(id) ? null : parent);
        span = maybe(span, NewSpan::operationName, one(List.of("chat", "embeddings")));
        span = maybe(span, NewSpan::providerName, one(List.of("openai", "azure")));
        span = maybe(span, NewSpan::requestModel, one(MODELS));
        span = maybe(span, NewSpan::responseModel, one(MODELS));
        span = maybe(span, NewSpan::responseId, one(List.of("r1", "r2")));
        if (random.nextInt(6) == 0) {
            span = span.modelId(one(models));
        }
        if (random.nextInt(6) == 0) {
            span = span.cost(BigDecimal.valueOf(random.nextInt(100), 3));
        }
        span = maybe(span, NewSpan::finishReasons, one(List.of(List.of("stop"), List.of("a,\"b\\", "{c}"))));
        span = maybe(span, NewSpan::temperature, random.nextInt(3) / 2.0);
        span = maybe(span, NewSpan::maxTokens, random.nextInt(100));
        span = maybe(span, NewSpan::timeToFirstToken, Duration.ofNanos(random.nextInt(9) * 500L));
        span = tokens(span);
        span = maybe(span, NewSpan::errorType, one(List.of("E1", "E2")));
        span = maybe(span, NewSpan::errorMessage, one(List.of("broken", "split")));
        span = maybe(span, NewSpan::input, document());
        span = maybe(span, NewSpan::output, document());
        span = maybe(span, NewSpan::attributes, object());
        span = maybe(span, NewSpan::events, Json.of(List.of(random.nextInt(3), "e")));
        return span;
    }

    private NewSpan tokens(NewSpan given) {
        NewSpan span = given;
        long input = random.nextInt(50);
        long output = random.nextInt(50);
        span = maybe(span, NewSpan::inputTokens, input);
        span = maybe(span, NewSpan::outputTokens, output);
        span = maybe(span, NewSpan::cachedInputTokens, (long) random.nextInt((int) input + 1));
        span = maybe(span, NewSpan::cacheCreationInputTokens, (long) random.nextInt((int) input + 1));
        span = maybe(span, NewSpan::reasoningOutputTokens, (long) random.nextInt((int) output + 1));
        return span;
    }

    private Json document() {
        return one(List.of(
                Json.of("text"), Json.of(List.of(1, 2.5)), Json.of(Map.of("b", 1, "a", "x")), Json.parse("null")));
    }

    private Json object() {
        return one(List.of(Json.of(Map.of("k", random.nextInt(20))), Json.of(Map.of("l", "v", "k", "w"))));
    }

    private <R, T> R maybe(R record, BiFunction<R, @Nullable T, R> setter, @Nullable T value) {
        return random.nextBoolean() ? setter.apply(record, value) : record;
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
