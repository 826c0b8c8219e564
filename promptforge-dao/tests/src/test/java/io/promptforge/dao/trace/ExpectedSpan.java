package io.promptforge.dao.trace;

import static io.promptforge.dao.trace.NaiveMerge.GRAVEST;
import static io.promptforge.dao.trace.NaiveMerge.LAST_ID;
import static io.promptforge.dao.trace.NaiveMerge.LONGEST;
import static io.promptforge.dao.trace.NaiveMerge.MOST;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.SpanKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must be stored of a span: its records merged, with its model and cost, as one record. */
final class ExpectedSpan {
    private static final Comparator<SpanKind> KIND = Comparator.<SpanKind, Boolean>comparing(
                    kind -> kind != SpanKind.OTHER)
            .thenComparing(SpanKind::name);

    private ExpectedSpan() {}

    /** The record that is equal to these together. */
    static NewSpan of(List<NewSpan> records, List<UUID> models) {
        NaiveMerge<NewSpan> merge = new NaiveMerge<>(records, NewSpan::revision, NewSpan::status);
        NewSpan merged = NewSpan.of(
                        records.get(0).id(),
                        merge.required(merge.greatest(NewSpan::name)),
                        merge.required(merge.max(NewSpan::kind, KIND)),
                        merge.required(merge.max(NewSpan::status, GRAVEST)),
                        merge.required(merge.least(NewSpan::startedAt)))
                .endedAt(merge.greatest(NewSpan::endedAt))
                .parentId(merge.max(NewSpan::parentId, LAST_ID))
                .parentRemote(merge.greatest(NewSpan::parentRemote))
                .operationName(merge.greatest(NewSpan::operationName))
                .providerName(merge.greatest(NewSpan::providerName))
                .requestModel(merge.greatest(NewSpan::requestModel))
                .responseModel(merge.greatest(NewSpan::responseModel))
                .responseId(merge.greatest(NewSpan::responseId))
                .modelId(merge.max(NewSpan::modelId, LAST_ID))
                .finishReasons(merge.max(NewSpan::finishReasons, MOST))
                .temperature(merge.greatest(NewSpan::temperature))
                .maxTokens(merge.greatest(NewSpan::maxTokens))
                .timeToFirstToken(merge.greatest(NewSpan::timeToFirstToken))
                .serviceTier(merge.greatest(NewSpan::serviceTier))
                .cost(merge.greatest(NewSpan::cost))
                .errorType(merge.greatest(NewSpan::errorType))
                .errorMessage(merge.greatest(NewSpan::errorMessage))
                .input(merge.max(NewSpan::input, LONGEST))
                .output(merge.max(NewSpan::output, LONGEST))
                .attributes(merge.members(NewSpan::attributes))
                .events(merge.max(NewSpan::events, LONGEST));
        NewSpan counted = withTokens(merged, merge.reporting(ExpectedSpan::tokens));
        NewSpan called = counted.modelId(model(counted, models));
        return called.cost() == null ? called.cost(NaivePrices.cost(called, models)) : called;
    }

    /** The record without what a redaction removes. */
    static NewSpan redacted(NewSpan span, String note) {
        return span.input(span.input() == null ? null : Json.of(note))
                .output(span.output() == null ? null : Json.of(note))
                .attributes(null)
                .events(null)
                .errorMessage(null);
    }

    /** What was stored of a span, as a record of the same form but without what cannot be read back. */
    static NewSpan stored(Span span) {
        ModelCall call = span.modelCall();
        SpanPayload payload = span.payload().orElseThrow();
        return NewSpan.of(span.id(), span.name(), span.kind(), span.status(), span.startedAt())
                .endedAt(span.endedAt().orElse(null))
                .parentId(span.parentId().orElse(null))
                .operationName(call.operation().orElse(null))
                .providerName(call.provider().orElse(null))
                .requestModel(call.requestModel().orElse(null))
                .responseModel(call.responseModel().orElse(null))
                .responseId(call.responseId().orElse(null))
                .modelId(call.modelId().orElse(null))
                .finishReasons(call.finishReasons())
                .temperature(call.temperature().stream().boxed().findAny().orElse(null))
                .maxTokens(call.maxTokens().stream().boxed().findAny().orElse(null))
                .timeToFirstToken(call.timeToFirstToken().orElse(null))
                .inputTokens(number(call.usage().input()))
                .outputTokens(number(call.usage().output()))
                .cachedInputTokens(number(call.usage().cachedInput()))
                .cacheCreationInputTokens(number(call.usage().cacheCreationInput()))
                .reasoningOutputTokens(number(call.usage().reasoningOutput()))
                .usage(call.otherUsage())
                .serviceTier(call.serviceTier().orElse(null))
                .cost(call.cost().orElse(null))
                .errorType(span.errorType().orElse(null))
                .errorMessage(span.errorMessage().orElse(null))
                .input(payload.input().orElse(null))
                .output(payload.output().orElse(null))
                .attributes(payload.attributes())
                .events(payload.events());
    }

    /** The record without what cannot be read back. */
    static NewSpan readable(NewSpan span) {
        return span.parentRemote(null);
    }

    private static @Nullable Long number(OptionalLong count) {
        return count.isPresent() ? count.getAsLong() : null;
    }

    private static NewSpan withTokens(NewSpan span, List<NewSpan> records) {
        Long cached = greatest(records, NewSpan::cachedInputTokens);
        Long written = greatest(records, NewSpan::cacheCreationInputTokens);
        Long reasoning = greatest(records, NewSpan::reasoningOutputTokens);
        return span.inputTokens(atLeast(greatest(records, NewSpan::inputTokens), cached, written))
                .outputTokens(atLeast(greatest(records, NewSpan::outputTokens), reasoning))
                .cachedInputTokens(cached)
                .cacheCreationInputTokens(written)
                .reasoningOutputTokens(reasoning)
                .usage(NaivePrices.greatest(records));
    }

    /** The counts, which are one value; null for none. */
    private static @Nullable List<@Nullable Long> tokens(NewSpan span) {
        List<@Nullable Long> counts = Arrays.asList(
                span.inputTokens(),
                span.outputTokens(),
                span.cachedInputTokens(),
                span.cacheCreationInputTokens(),
                span.reasoningOutputTokens());
        return counts.stream().allMatch(Objects::isNull) && span.usage().isEmpty() ? null : counts;
    }

    private static @Nullable Long greatest(List<NewSpan> records, Function<NewSpan, @Nullable Long> count) {
        return records.stream()
                .map(count)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static @Nullable Long atLeast(@Nullable Long whole, @Nullable Long... parts) {
        return whole == null
                ? null
                : Stream.concat(Stream.of(whole), Arrays.stream(parts).filter(Objects::nonNull))
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
    }

    private static @Nullable UUID model(NewSpan span, List<UUID> models) {
        if (span.modelId() != null) {
            return span.modelId();
        }
        for (String name : Arrays.asList(span.responseModel(), span.requestModel())) {
            int registered = name == null ? -1 : RandomRecords.MODELS.indexOf(name);
            if (registered >= 0 && registered < models.size()) {
                return models.get(registered);
            }
        }
        return null;
    }
}
