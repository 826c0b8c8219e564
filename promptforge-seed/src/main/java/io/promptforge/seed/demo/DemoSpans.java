package io.promptforge.seed.demo;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The spans of a demo request: a chain that retrieves the customer's history (after embedding the topic), calls the model
 * and checks the answer. In a failed request two calls of the model time out.
 */
final class DemoSpans {
    static final String TIMEOUT = "The model did not answer within 15 seconds.";

    /** In the web shop. */
    private static final UUID CALLER = spanId(0);

    private static final UUID CHAIN = spanId(1);
    private static final UUID RETRIEVAL = spanId(2);
    private static final UUID EMBEDDING = spanId(3);
    private static final UUID LLM = spanId(4);
    private static final UUID LLM_RETRY = spanId(5);
    private static final UUID GUARDRAIL = spanId(6);

    private static final long RETRIEVED = 214;
    private static final long GATE = 61;
    private static final long EMBEDDED_TOKENS = 9;

    private final Instant start;
    private final DemoTraces.Request request;
    private final AiModel model;

    DemoSpans(Instant start, DemoTraces.Request request, AiModel model) {
        this.start = start;
        this.request = request;
        this.model = model;
    }

    List<NewSpan> all() {
        List<NewSpan> spans = new ArrayList<>(List.of(chain(), retrieval(), embedding()));
        if (request.failed()) {
            spans.add(timedOutCall(LLM, RETRIEVED, RETRIEVED + 15_000));
            spans.add(timedOutCall(LLM_RETRY, request.millis() - 15_100, request.millis() - 100));
        } else {
            spans.add(answeringCall());
            spans.add(guardrail());
        }
        return spans;
    }

    /** As many frameworks do, the chain repeats the usage of its steps, which counts once. */
    private NewSpan chain() {
        NewSpan chain = NewSpan.of(CHAIN, "greeting chain", SpanKind.CHAIN, request.status(), start)
                .parentId(CALLER)
                .parentRemote(true)
                .endedAt(at(request.millis()))
                .inputTokens(EMBEDDED_TOKENS + request.inputTokens() * (request.failed() ? 2 : 1))
                .input(Json.of(Map.of("customer_name", request.customer(), "topic", request.topic())));
        return request.failed()
                ? chain.errorType("timeout").errorMessage(TIMEOUT)
                : chain.outputTokens(request.outputTokens()).output(Json.of(request.answer()));
    }

    private NewSpan retrieval() {
        return NewSpan.of(RETRIEVAL, "find customer history", SpanKind.RETRIEVAL, ExecutionStatus.SUCCESS, at(12))
                .parentId(CHAIN)
                .endedAt(at(RETRIEVED - 8))
                .operationName("retrieval")
                .input(Json.of(request.topic()))
                .output(Json.of(
                        List.of(Map.of("id", "order-1042", "score", 0.83), Map.of("id", "ticket-311", "score", 0.71))))
                .attributes(Json.of(Map.of("gen_ai.data_source.id", "customer-history", "retrieval.top_k", 2)));
    }

    private NewSpan embedding() {
        return NewSpan.of(EMBEDDING, "embed topic", SpanKind.EMBEDDING, ExecutionStatus.SUCCESS, at(14))
                .parentId(RETRIEVAL)
                .endedAt(at(96))
                .operationName("embeddings")
                .providerName("openai")
                .requestModel("text-embedding-3-small")
                .inputTokens(EMBEDDED_TOKENS)
                .cost(new BigDecimal("0.00000018"));
    }

    private NewSpan answeringCall() {
        return call(LLM, ExecutionStatus.SUCCESS, RETRIEVED, request.millis() - GATE)
                .responseModel(model.providerModelId())
                .finishReasons(List.of("stop"))
                .inputTokens(request.inputTokens())
                .outputTokens(request.outputTokens())
                .cost(DemoPrices.cost(model, request.inputTokens(), request.outputTokens()))
                .output(Json.of(List.of(Map.of("role", "assistant", "content", request.answer()))));
    }

    /** The provider charges the input tokens even without an answer. */
    private NewSpan timedOutCall(UUID id, long from, long to) {
        return call(id, ExecutionStatus.TIMEOUT, from, to)
                .inputTokens(request.inputTokens())
                .cost(DemoPrices.cost(model, request.inputTokens(), 0))
                .errorType("timeout")
                .errorMessage(TIMEOUT);
    }

    private NewSpan call(UUID id, ExecutionStatus status, long from, long to) {
        return NewSpan.of(id, "chat " + model.providerModelId(), SpanKind.LLM, status, at(from))
                .parentId(CHAIN)
                .endedAt(at(to))
                .operationName("chat")
                .providerName("openai")
                .requestModel(model.providerModelId())
                .modelId(model.id())
                .temperature(0.7)
                .maxTokens(150)
                .input(Json.of(List.of(Map.of(
                        "role",
                        "user",
                        "content",
                        "Greet " + request.customer() + ", who writes about " + request.topic()))));
    }

    private NewSpan guardrail() {
        return NewSpan.of(
                        GUARDRAIL,
                        "check answer",
                        SpanKind.GUARDRAIL,
                        ExecutionStatus.SUCCESS,
                        at(request.millis() - GATE + 2))
                .parentId(CHAIN)
                .endedAt(at(request.millis() - 4))
                .output(Json.of(Map.of("passed", true, "policies", List.of("PII Detection", "Toxicity Filter"))));
    }

    private Instant at(long millis) {
        return start.plusMillis(millis);
    }

    /** An id as OpenTelemetry's are stored: 8 bytes in the lower half. */
    private static UUID spanId(int number) {
        return new UUID(0, 0x5eed_0000_0000_0000L + number);
    }
}
