package io.promptforge.benchmarks;

import io.promptforge.dao.trace.ModelCall;
import io.promptforge.dao.trace.Span;
import io.promptforge.dao.trace.TokenUsage;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.MappedSuperclass;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

/** The columns of a span that trees show. */
@NullUnmarked
@MappedSuperclass
@IdClass(MappedSpan.Key.class)
abstract class MappedSpan {
    @Id
    @Column(name = "organization_id")
    UUID organizationId;

    @Id
    @Column(name = "trace_id")
    UUID traceId;

    @Id
    UUID id;

    @Column(name = "parent_id")
    UUID parentId;

    String name;

    String kind;

    String status;

    @Id
    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "ended_at")
    Instant endedAt;

    @Column(name = "operation_name")
    String operationName;

    @Column(name = "provider_name")
    String providerName;

    @Column(name = "request_model")
    String requestModel;

    @Column(name = "response_model")
    String responseModel;

    @Column(name = "response_id")
    String responseId;

    @Column(name = "model_id")
    UUID modelId;

    @Column(name = "finish_reasons")
    String[] finishReasons;

    Double temperature;

    @Column(name = "max_tokens")
    Integer maxTokens;

    @Column(name = "time_to_first_token_us")
    Long timeToFirstTokenUs;

    @Column(name = "input_tokens")
    Long inputTokens;

    @Column(name = "output_tokens")
    Long outputTokens;

    @Column(name = "cached_input_tokens")
    Long cachedInputTokens;

    @Column(name = "cache_creation_input_tokens")
    Long cacheCreationInputTokens;

    @Column(name = "reasoning_output_tokens")
    Long reasoningOutputTokens;

    @JdbcTypeCode(SqlTypes.JSON)
    String usage;

    @Column(name = "service_tier")
    String serviceTier;

    BigDecimal cost;

    @Column(name = "error_type")
    String errorType;

    @Column(name = "error_message")
    String errorMessage;

    /** The record that PromptForge reads. */
    final Span span() {
        return new Span(
                traceId,
                id,
                Optional.ofNullable(parentId),
                name,
                JdbcRecords.kind(kind),
                JdbcRecords.status(status),
                startedAt,
                Optional.ofNullable(endedAt),
                modelCall(),
                Optional.ofNullable(errorType),
                Optional.ofNullable(errorMessage),
                Optional.empty());
    }

    private ModelCall modelCall() {
        return new ModelCall(
                Optional.ofNullable(operationName),
                Optional.ofNullable(providerName),
                Optional.ofNullable(requestModel),
                Optional.ofNullable(responseModel),
                Optional.ofNullable(responseId),
                Optional.ofNullable(modelId),
                finishReasons == null ? List.of() : List.of(finishReasons),
                temperature == null ? OptionalDouble.empty() : OptionalDouble.of(temperature),
                maxTokens == null ? OptionalInt.empty() : OptionalInt.of(maxTokens),
                Optional.ofNullable(timeToFirstTokenUs).map(micros -> Duration.of(micros, ChronoUnit.MICROS)),
                new TokenUsage(
                        optional(inputTokens),
                        optional(outputTokens),
                        optional(cachedInputTokens),
                        optional(cacheCreationInputTokens),
                        optional(reasoningOutputTokens)),
                JdbcRecords.usage(usage),
                Optional.ofNullable(serviceTier),
                Optional.ofNullable(cost).map(JdbcRecords::plain));
    }

    private static OptionalLong optional(Long number) {
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** The primary key. */
    record Key(UUID organizationId, UUID traceId, UUID id, Instant startedAt) implements Serializable {}
}
