package io.promptforge.benchmarks;

import io.promptforge.benchmarks.InsertTable.Rows;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.model.NewModelProvider;
import io.promptforge.dao.model.ServiceTier;
import io.promptforge.dao.model.UsageUnit;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.schema.type.ProviderType;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows that the contenders write, with the model, cost and totals that PromptForge works out itself.
 *
 * @param organizationId the tenant
 * @param models its models, by name
 */
record InsertMaker(UUID organizationId, Map<String, AiModel> models) {
    /** Registers models of these names. */
    static InsertMaker withModels(Tenant tenant, List<String> names) {
        UUID provider = tenant.modelProviders()
                .create(NewModelProvider.of("openai", ProviderType.OPENAI))
                .id();
        return new InsertMaker(
                tenant.organizationId(),
                names.stream()
                        .map(name -> tenant.models()
                                .create(NewAiModel.of(provider, name, name)
                                        .prices(ModelPrices.perMillion("2.5", "10"))))
                        .collect(Collectors.toMap(AiModel::providerModelId, Function.identity())));
    }

    /** The rows of traces, followed by those of their spans. */
    static List<Rows<?>> tables(List<TraceInsert> traces) {
        return List.of(
                new Rows<>(TraceInsert.TABLE, traces),
                new Rows<>(
                        SpanInsert.TABLE,
                        traces.stream().flatMap(trace -> trace.spans().stream()).toList()));
    }

    TraceInsert row(NewTrace given) {
        NewTrace trace = withModel(given);
        List<SpanInsert> spans =
                trace.spans().stream().map(span -> row(trace.id(), span)).toList();
        return new TraceInsert(
                organizationId,
                trace,
                spans,
                sum(trace.spans(), span -> orZero(span.inputTokens())),
                sum(trace.spans(), span -> orZero(span.outputTokens())),
                spans.stream().map(SpanInsert::cost).filter(Objects::nonNull).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** PromptForge finds the model of a trace that reports none by its spans; the others have to be given it. */
    private static NewTrace withModel(NewTrace trace) {
        return trace.modelName() != null
                ? trace
                : trace.spans().stream()
                        .filter(span -> span.requestModel() != null)
                        .findFirst()
                        .map(span -> trace.providerName(span.providerName()).modelName(span.requestModel()))
                        .orElse(trace);
    }

    private SpanInsert row(UUID traceId, NewSpan span) {
        @Nullable String name = span.responseModel() == null ? span.requestModel() : span.responseModel();
        @Nullable AiModel model = name == null ? null : models.get(name);
        if (span.cost() != null) {
            return new SpanInsert(organizationId, traceId, span, model == null ? null : model.id(), span.cost());
        }
        @Nullable BigDecimal cost = model == null || span.inputTokens() == null
                ? null
                : model.prices()
                        .cost(
                                Map.of(
                                        UsageUnit.INPUT_TOKENS, count(span.inputTokens()),
                                        UsageUnit.CACHED_INPUT_TOKENS, count(span.cachedInputTokens()),
                                        UsageUnit.OUTPUT_TOKENS, count(span.outputTokens())),
                                ServiceTier.STANDARD)
                        .orElse(null);
        return new SpanInsert(organizationId, traceId, span, model == null ? null : model.id(), cost);
    }

    /** A span whose descendants report tokens repeats their sum, which counts once. */
    private static long sum(List<NewSpan> spans, ToLongFunction<NewSpan> tokens) {
        Map<UUID, NewSpan> byId = spans.stream().collect(Collectors.toMap(NewSpan::id, Function.identity()));
        Set<NewSpan> repeating = Collections.newSetFromMap(new IdentityHashMap<>());
        for (NewSpan span : spans) {
            if (tokens.applyAsLong(span) > 0) {
                NewSpan above = parent(byId, span);
                while (above != null && repeating.add(above)) {
                    above = parent(byId, above);
                }
            }
        }
        return spans.stream()
                .filter(span -> !repeating.contains(span))
                .mapToLong(tokens)
                .sum();
    }

    private static @Nullable NewSpan parent(Map<UUID, NewSpan> byId, NewSpan span) {
        return span.parentId() == null ? null : byId.get(span.parentId());
    }

    private static BigDecimal count(@Nullable Long number) {
        return BigDecimal.valueOf(orZero(number));
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }
}
