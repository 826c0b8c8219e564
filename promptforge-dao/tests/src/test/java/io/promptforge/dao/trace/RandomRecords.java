package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.UsageUnit;
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

/**
 * Records that contradict and complete each other in every column, the same for the same seed: of spans and traces that run and have
 * ended, with the same values too; with revisions; with times that only wrong clocks have; of parents that come late or never.
 */
final class RandomRecords {
    /** The names that spans call models by; the first two are those of registered ones. */
    static final List<String> MODELS = List.of("gpt-a", "gpt-b", "gpt-unknown");

    /** The name of the prompt that metadata report. */
    static final String PROMPT = "greeting";

    private static final Instant PAST = Instant.EPOCH;
    private static final Instant FUTURE = Instant.parse("2262-04-11T23:47:16Z");
    private static final List<Instant> MOMENTS = List.of(
            NOON,
            NOON.plusMillis(1),
            NOON.plusSeconds(5),
            NOON.plus(Duration.ofDays(20)),
            NOON.minusSeconds(3),
            PAST,
            FUTURE);
    private static final List<Duration> DURATIONS =
            List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofDays(90_000));
    private static final int SETS_OF_VALUES = 12;
    private static final UUID NEVER_RECORDED = new UUID(0, 404);

    private final Random random;

    /** Begins anew for each trace and span, so that records of different ids, states and revisions have the same values. */
    private Random values = new Random();

    private final long seed;
    private final List<UUID> projects;
    private final List<UUID> models;
    private final List<UUID> promptVersions;
    private final List<UUID> traceIds;
    private final List<UUID> spanIds;

    /** Records of three traces with five spans each; of the last of the traces only spans are ever known. */
    RandomRecords(long seed, List<UUID> projects, List<UUID> models, List<UUID> promptVersions) {
        this.seed = seed;
        this.random = new Random(seed);
        this.projects = projects;
        this.models = models;
        this.promptVersions = promptVersions;
        this.traceIds = ids(3, i -> new UUID(random.nextLong(), random.nextLong()));
        this.spanIds = ids(5, i -> new UUID(0, random.nextLong()));
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
        UUID id = any(traceIds);
        List<NewSpan> spans = spans(1);
        newValues();
        NewTrace trace = NewTrace.ofSpans(id, one(projects), spans);
        trace = trace.revision(revision(traceIds, id));
        trace = maybe(trace, NewTrace::environment, "production");
        trace = maybe(trace, NewTrace::sessionId, one(List.of("s1", "s2")));
        return trace;
    }

    private NewTrace ofTrace() {
        UUID id = any(traceIds.subList(0, 2));
        List<NewSpan> spans = spans(0);
        newValues();
        boolean ended = random.nextBoolean();
        ExecutionStatus end = one(ENDS);
        Instant start = one(MOMENTS);
        NewTrace trace = NewTrace.of(
                        id, one(projects), one(List.of("a", "b")), ended ? end : ExecutionStatus.RUNNING, start)
                .retryCount(values.nextInt(3))
                .revision(revision(traceIds, id))
                .spans(spans);
        Instant endedAt = start.plus(one(DURATIONS));
        if (ended) {
            trace = maybe(trace, NewTrace::endedAt, endedAt);
        }
        trace = maybe(trace, NewTrace::inputTokens, (long) values.nextInt(9));
        trace = maybe(trace, NewTrace::outputTokens, (long) values.nextInt(9));
        trace = maybe(trace, NewTrace::cost, BigDecimal.valueOf(values.nextInt(9), 2));
        trace = maybe(trace, NewTrace::parentTraceId, traceIds.get(0));
        trace = maybe(trace, NewTrace::externalId, one(List.of("x1", "x2")));
        trace = maybe(trace, NewTrace::endUserId, one(List.of("u1", "u2")));
        if (values.nextInt(6) == 0) {
            trace = trace.promptVersionId(one(promptVersions));
        }
        trace = maybe(trace, NewTrace::modelId, one(models));
        trace = maybe(trace, NewTrace::modelName, one(MODELS));
        trace = maybe(trace, NewTrace::providerName, one(List.of("openai", "azure")));
        trace = maybe(trace, NewTrace::errorType, one(List.of("E1", "E2")));
        trace = maybe(trace, NewTrace::errorMessage, one(List.of("broken", "split")));
        trace = maybe(trace, NewTrace::input, document());
        trace = maybe(trace, NewTrace::output, document());
        trace = maybe(trace, NewTrace::metadata, values.nextBoolean() ? object() : promptInMetadata());
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
        newValues();
        UUID id = any(spanIds);
        boolean ended = random.nextBoolean();
        ExecutionStatus end = one(ENDS);
        Instant start = one(MOMENTS);
        NewSpan span = NewSpan.of(
                        id,
                        one(List.of("call", "look up")),
                        one(List.of(SpanKind.OTHER, SpanKind.LLM, SpanKind.TOOL)),
                        ended ? end : ExecutionStatus.RUNNING,
                        start)
                .revision(revision(spanIds, id));
        Instant endedAt = start.plus(one(DURATIONS));
        if (ended) {
            span = maybe(span, NewSpan::endedAt, endedAt);
        }
        span = maybe(span, NewSpan::parentRemote, values.nextBoolean());
        UUID parent = values.nextInt(5) == 0 ? NEVER_RECORDED : one(spanIds);
        span = maybe(span, NewSpan::parentId, parent.equals(id) ? null : parent);
        span = maybe(span, NewSpan::operationName, one(List.of("chat", "embeddings")));
        span = maybe(span, NewSpan::providerName, one(List.of("openai", "azure")));
        span = maybe(span, NewSpan::requestModel, one(MODELS));
        span = maybe(span, NewSpan::responseModel, one(MODELS));
        span = maybe(span, NewSpan::responseId, one(List.of("r1", "r2")));
        if (values.nextInt(6) == 0) {
            span = span.modelId(one(models));
        }
        if (values.nextInt(6) == 0) {
            span = span.cost(BigDecimal.valueOf(values.nextInt(100), 3));
        }
        span = maybe(span, NewSpan::finishReasons, one(List.of(List.of("stop"), List.of("a,\"b\\", "{c}"))));
        span = maybe(span, NewSpan::temperature, values.nextInt(3) / 2.0);
        span = maybe(span, NewSpan::maxTokens, values.nextInt(100));
        span = maybe(span, NewSpan::timeToFirstToken, Duration.ofNanos(values.nextInt(9) * 500L));
        span = tokens(span);
        span = maybe(span, NewSpan::serviceTier, one(List.of("batch", "default")));
        if (values.nextInt(4) == 0) {
            span = span.usage(UsageUnit.AUDIO_INPUT_TOKENS, values.nextInt(30));
        }
        if (values.nextInt(8) == 0) {
            span = span.usage(UsageUnit.SEARCHES, values.nextInt(3));
        }
        span = maybe(span, NewSpan::errorType, one(List.of("E1", "E2")));
        span = maybe(span, NewSpan::errorMessage, one(List.of("broken", "split")));
        span = maybe(span, NewSpan::input, document());
        span = maybe(span, NewSpan::output, document());
        span = maybe(span, NewSpan::attributes, object());
        span = maybe(span, NewSpan::events, Json.of(List.of(values.nextInt(3), "e")));
        return span;
    }

    private NewSpan tokens(NewSpan given) {
        NewSpan span = given;
        long input = values.nextInt(4) == 0 ? 0 : values.nextInt(50);
        long output = values.nextInt(4) == 0 ? 0 : values.nextInt(50);
        span = maybe(span, NewSpan::inputTokens, input);
        span = maybe(span, NewSpan::outputTokens, output);
        span = maybe(span, NewSpan::cachedInputTokens, (long) values.nextInt((int) input + 1));
        span = maybe(span, NewSpan::cacheCreationInputTokens, (long) values.nextInt((int) input + 1));
        span = maybe(span, NewSpan::reasoningOutputTokens, (long) values.nextInt((int) output + 1));
        return span;
    }

    private Json document() {
        return one(List.of(
                Json.of("text"), Json.of(List.of(1, 2.5)), Json.of(Map.of("b", 1, "a", "x")), Json.parse("null")));
    }

    private Json object() {
        return one(List.of(Json.of(Map.of("k", values.nextInt(20))), Json.of(Map.of("l", "v", "k", "w"))));
    }

    /** Versions that one project has, that both have, and that none has. */
    private Json promptInMetadata() {
        return Json.of(
                Map.of("promptforge.prompt", Map.of("name", PROMPT, "version", one(List.of("1", "2", "3"))), "k", "w"));
    }

    private <R, T> R maybe(R record, BiFunction<R, @Nullable T, R> setter, @Nullable T value) {
        return values.nextBoolean() ? setter.apply(record, value) : record;
    }

    private <T> T one(List<T> of) {
        return of.get(values.nextInt(of.size()));
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void newValues() {
        values = new Random(seed * SETS_OF_VALUES + random.nextInt(SETS_OF_VALUES));
        values.nextInt();
    }

    /** Revisions of every other trace and span only, so that merging within one is tried too. */
    private int revision(List<UUID> ids, UUID id) {
        return ids.indexOf(id) % 2 == 1 && random.nextInt(3) == 0 ? random.nextInt(3) : 0;
    }

    private static List<UUID> ids(int number, IntFunction<UUID> id) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            ids.add(id.apply(i));
        }
        return ids;
    }
}
