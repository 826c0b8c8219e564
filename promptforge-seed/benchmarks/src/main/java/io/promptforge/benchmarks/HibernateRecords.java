package io.promptforge.benchmarks;

import io.promptforge.dao.trace.ModelCall;
import io.promptforge.dao.trace.Span;
import io.promptforge.dao.trace.TokenUsage;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceTotals;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.NullUnmarked;

/** Makes the records of PromptForge from entities. */
@NullUnmarked
final class HibernateRecords {
    private HibernateRecords() {}

    static Trace trace(MappedTrace trace) {
        return new Trace(
                trace.id,
                trace.projectId,
                Optional.ofNullable(trace.parentTraceId),
                Optional.ofNullable(trace.externalId),
                trace.name,
                JdbcRecords.status(trace.status),
                trace.startedAt,
                Optional.ofNullable(trace.endedAt),
                Optional.ofNullable(trace.environment),
                Optional.ofNullable(trace.sessionId),
                Optional.ofNullable(trace.endUserId),
                Optional.ofNullable(trace.promptVersionId),
                Optional.ofNullable(trace.modelId),
                Optional.ofNullable(trace.providerName),
                Optional.ofNullable(trace.modelName),
                trace.retryCount,
                Optional.ofNullable(trace.errorType),
                Optional.ofNullable(trace.errorMessage),
                List.of(trace.tags),
                new TraceTotals(trace.spanCount, trace.inputTokens, trace.outputTokens, JdbcRecords.plain(trace.cost)),
                trace.createdAt,
                trace.updatedAt,
                Optional.empty());
    }

    static Span span(MappedSpan span) {
        return new Span(
                span.traceId,
                span.id,
                Optional.ofNullable(span.parentId),
                span.name,
                JdbcRecords.kind(span.kind),
                JdbcRecords.status(span.status),
                span.startedAt,
                Optional.ofNullable(span.endedAt),
                modelCall(span),
                Optional.ofNullable(span.errorType),
                Optional.ofNullable(span.errorMessage),
                Optional.empty());
    }

    private static ModelCall modelCall(MappedSpan span) {
        return new ModelCall(
                Optional.ofNullable(span.operationName),
                Optional.ofNullable(span.providerName),
                Optional.ofNullable(span.requestModel),
                Optional.ofNullable(span.responseModel),
                Optional.ofNullable(span.responseId),
                Optional.ofNullable(span.modelId),
                span.finishReasons == null ? List.of() : List.of(span.finishReasons),
                span.temperature == null ? OptionalDouble.empty() : OptionalDouble.of(span.temperature),
                span.maxTokens == null ? OptionalInt.empty() : OptionalInt.of(span.maxTokens),
                Optional.ofNullable(span.timeToFirstTokenUs).map(micros -> Duration.of(micros, ChronoUnit.MICROS)),
                new TokenUsage(
                        optional(span.inputTokens),
                        optional(span.outputTokens),
                        optional(span.cachedInputTokens),
                        optional(span.cacheCreationInputTokens),
                        optional(span.reasoningOutputTokens)),
                Optional.ofNullable(span.cost).map(JdbcRecords::plain));
    }

    private static OptionalLong optional(Long number) {
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
