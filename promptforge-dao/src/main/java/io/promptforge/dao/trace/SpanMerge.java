package io.promptforge.dao.trace;

import io.promptforge.dao.json.Json;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rule of each column of a span that comes in more than once. What they promise, {@link TraceRepository} says. */
final class SpanMerge {
    private SpanMerge() {}

    static Known<NewSpan> merge(Known<NewSpan> one, Known<NewSpan> other) {
        Merge<NewSpan> merge = new Merge<>(one, other);
        SpanTokens tokens =
                Objects.requireNonNullElse(merge.of("tokens", SpanTokens::of, SpanTokens::most), SpanTokens.NONE);
        return merge.known(new NewSpan(
                one.said().id(),
                Objects.requireNonNull(merge.of("name", NewSpan::name, Precedence::greatest)),
                Objects.requireNonNull(merge.of("kind", NewSpan::kind, Precedence::kind)),
                Objects.requireNonNull(merge.of("status", NewSpan::status, Precedence::gravest)),
                Objects.requireNonNull(merge.of("started_at", NewSpan::startedAt, Precedence::least)),
                merge.of("ended_at", NewSpan::endedAt, Precedence::greatest),
                merge.of("parent_id", NewSpan::parentId, Precedence::id),
                merge.of("operation_name", NewSpan::operationName, Precedence::greatest),
                merge.of("provider_name", NewSpan::providerName, Precedence::greatest),
                merge.of("request_model", NewSpan::requestModel, Precedence::greatest),
                merge.of("response_model", NewSpan::responseModel, Precedence::greatest),
                merge.of("response_id", NewSpan::responseId, Precedence::greatest),
                merge.of("model_id", NewSpan::modelId, Precedence::id),
                Objects.requireNonNullElse(
                        merge.of("finish_reasons", SpanMerge::finishReasons, Precedence::longest), List.of()),
                merge.of("temperature", NewSpan::temperature, Precedence::greatest),
                merge.of("max_tokens", NewSpan::maxTokens, Precedence::greatest),
                merge.of("time_to_first_token_us", NewSpan::timeToFirstToken, Precedence::greatest),
                tokens.input(),
                tokens.output(),
                tokens.cachedInput(),
                tokens.cacheCreationInput(),
                tokens.reasoningOutput(),
                merge.of("cost", NewSpan::cost, Precedence::greatest),
                merge.of("error_type", NewSpan::errorType, Precedence::greatest),
                merge.of("error_message", NewSpan::errorMessage, Precedence::greatest),
                merge.of("input", NewSpan::input, Precedence::longest),
                merge.of("output", NewSpan::output, Precedence::longest),
                Objects.requireNonNullElse(
                        merge.of("attributes", SpanMerge::attributes, Precedence::union), Json.emptyObject()),
                Objects.requireNonNullElse(
                        merge.of("events", SpanMerge::events, Precedence::longest), Json.emptyArray())));
    }

    private static @Nullable List<String> finishReasons(NewSpan span) {
        return span.finishReasons().isEmpty() ? null : span.finishReasons();
    }

    private static @Nullable Json attributes(NewSpan span) {
        return span.attributes().equals(Json.emptyObject()) ? null : span.attributes();
    }

    private static @Nullable Json events(NewSpan span) {
        return span.events().equals(Json.emptyArray()) ? null : span.events();
    }
}
