package io.promptforge.seed.volume;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.schema.type.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the span that a plan describes. */
final class SpanTexts {
    private static final List<String> TOOLS =
            List.of("look_up_order", "track_parcel", "issue_refund", "read_calendar", "search_web", "send_mail");

    private static final List<String> STOP = List.of("stop");
    private static final List<String> TOOL_CALLS = List.of("tool_calls");
    private static final List<String> LENGTH = List.of("length");

    private static final Json STREAMED = Json.parse(
            "{\"gen_ai.request.stream\":true,\"gen_ai.request.top_p\":0.95,\"server.port\":443,\"server.address\":\"api.provider.example\"}");
    private static final Json WHOLE = Json.parse(
            "{\"gen_ai.request.stream\":false,\"gen_ai.request.seed\":7,\"server.port\":443,\"server.address\":\"api.provider.example\"}");
    private static final Json DIMENSIONS = Json.parse("{\"gen_ai.embeddings.dimension.count\":1536}");
    private static final Json SOURCE = Json.parse("{\"gen_ai.data_source.id\":\"knowledge-base\"}");
    private static final Json RULES = Json.parse("{\"guardrail.rules\":[\"pii\",\"toxicity\"]}");

    private final SpanPlan plan;
    private final Dice dice;
    private final Documents documents;
    private final @Nullable StepFailure failure;

    /** A span of a trace; the failure is the trace's, if it has one. */
    SpanTexts(SpanPlan plan, Dice dice, Documents documents, @Nullable StepFailure failure) {
        this.plan = plan;
        this.dice = dice;
        this.documents = documents;
        this.failure = plan.status == ExecutionStatus.SUCCESS ? null : failure;
    }

    NewSpan span(Instant traceStart) {
        return switch (plan.kind) {
            case LLM -> chat(traceStart);
            case EMBEDDING -> embedding(traceStart);
            case TOOL -> tool(traceStart);
            case RETRIEVAL ->
                step("search knowledge base", traceStart, documents.query(), documents::found)
                        .operationName("retrieval")
                        .attributes(SOURCE);
            case GUARDRAIL ->
                step("check answer", traceStart, documents.arguments(), documents::verdict)
                        .attributes(RULES);
            case AGENT ->
                step("support agent", traceStart, documents.question(), documents::conclusion)
                        .operationName("invoke_agent")
                        .inputTokens(unlessZero(plan.inputBelow))
                        .outputTokens(unlessZero(plan.outputBelow));
            default -> step("handle request", traceStart, documents.question(), documents::conclusion);
        };
    }

    private NewSpan chat(Instant traceStart) {
        ModelUse use = Objects.requireNonNull(plan.use);
        List<String> reasons = dice.chance(0.85) ? STOP : dice.chance(0.7) ? TOOL_CALLS : LENGTH;
        NewSpan chat = step(
                        "chat " + use.model(), traceStart, documents.messages(), () -> documents.answer(reasons.get(0)))
                .operationName("chat")
                .providerName(use.provider())
                .requestModel(use.model())
                .temperature(use.temperature())
                .maxTokens(16_384);
        chat = usage(chat);
        if (failure == null) {
            chat = chat.responseModel(use.model())
                    .responseId("resp_" + Long.toHexString(dice.next()))
                    .finishReasons(reasons);
        }
        boolean streamed = failure == null && dice.chance(0.7);
        if (streamed) {
            chat = chat.timeToFirstToken(Duration.of(use.timeToFirstToken(), ChronoUnit.MICROS))
                    .events(documents.firstToken(use.timeToFirstToken()));
        }
        return chat.attributes(streamed ? STREAMED : WHOLE);
    }

    private NewSpan embedding(Instant traceStart) {
        ModelUse use = Objects.requireNonNull(plan.use);
        NewSpan embedding = step("embeddings " + use.model(), traceStart, documents.query(), null)
                .operationName("embeddings")
                .providerName(use.provider())
                .requestModel(use.model())
                .attributes(DIMENSIONS);
        if (failure == null) {
            embedding = embedding.responseModel(use.model());
        }
        return usage(embedding);
    }

    private NewSpan tool(Instant traceStart) {
        String tool = TOOLS.get(dice.skewed(TOOLS.size()));
        return step("execute_tool " + tool, traceStart, documents.arguments(), documents::result)
                .operationName("execute_tool")
                .attributes(documents.toolAttributes(tool));
    }

    /** Absent token counts stay null, not 0. */
    private NewSpan usage(NewSpan call) {
        ModelUse use = plan.reportedUse();
        return use == null
                ? call
                : call.inputTokens(use.inputTokens())
                        .outputTokens(unlessZero(use.outputTokens()))
                        .cachedInputTokens(unlessZero(use.cachedTokens()))
                        .cacheCreationInputTokens(unlessZero(use.cacheCreationTokens()))
                        .reasoningOutputTokens(unlessZero(use.reasoningTokens()))
                        .cost(plan.reportedCost());
    }

    private static @Nullable Long unlessZero(long tokens) {
        return tokens > 0 ? (Long) tokens : null;
    }

    private NewSpan step(String name, Instant traceStart, Json input, @Nullable Supplier<Json> output) {
        Instant start = traceStart.plus(plan.start, ChronoUnit.MICROS);
        NewSpan step = NewSpan.of(new UUID(0, plan.id), name, plan.kind, plan.status, start)
                .endedAt(start.plus(plan.duration, ChronoUnit.MICROS))
                .parentId(plan.parent == null ? null : new UUID(0, plan.parent.id))
                .input(input);
        if (failure != null) {
            return step.errorType(failure.type())
                    .errorMessage(failure.message())
                    .events(documents.exception(failure.type(), failure.message()));
        }
        return output == null ? step : step.output(output.get());
    }
}
