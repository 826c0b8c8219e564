package io.promptforge.benchmarks;

import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceTotals;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.MappedSuperclass;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** The columns of a trace that trees and lists show. No association to its spans, which would only take time. */
@NullUnmarked
@MappedSuperclass
@IdClass(MappedTrace.Key.class)
abstract class MappedTrace {
    @Id
    @Column(name = "organization_id")
    UUID organizationId;

    @Id
    UUID id;

    @Column(name = "project_id")
    UUID projectId;

    @Column(name = "parent_trace_id")
    UUID parentTraceId;

    @Column(name = "external_id")
    String externalId;

    String name;

    String status;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "ended_at")
    Instant endedAt;

    String environment;

    @Column(name = "session_id")
    String sessionId;

    @Column(name = "end_user_id")
    String endUserId;

    @Column(name = "prompt_version_id")
    UUID promptVersionId;

    @Column(name = "model_id")
    UUID modelId;

    @Column(name = "provider_name")
    String providerName;

    @Column(name = "model_name")
    String modelName;

    @Column(name = "retry_count")
    Integer retryCount;

    @Column(name = "error_type")
    String errorType;

    @Column(name = "error_message")
    String errorMessage;

    String[] tags;

    @Column(name = "span_count")
    Integer spanCount;

    @Column(name = "input_tokens")
    Long inputTokens;

    @Column(name = "output_tokens")
    Long outputTokens;

    BigDecimal cost;

    @Column(name = "unpriced_calls")
    int unpricedCalls;

    @Column(name = "unpriced_tokens")
    long unpricedTokens;

    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    @Column(name = "updated_at", insertable = false, updatable = false)
    Instant updatedAt;

    @Column(name = "occurred_at", insertable = false, updatable = false)
    Instant occurredAt;

    /** The record that PromptForge reads. */
    final Trace trace() {
        return new Trace(
                id,
                projectId,
                Optional.ofNullable(parentTraceId),
                Optional.ofNullable(externalId),
                name,
                JdbcRecords.status(status),
                startedAt,
                Optional.ofNullable(endedAt),
                Optional.ofNullable(environment),
                Optional.ofNullable(sessionId),
                Optional.ofNullable(endUserId),
                Optional.ofNullable(promptVersionId),
                Optional.ofNullable(modelId),
                Optional.ofNullable(providerName),
                Optional.ofNullable(modelName),
                retryCount,
                Optional.ofNullable(errorType),
                Optional.ofNullable(errorMessage),
                List.of(tags),
                new TraceTotals(
                        spanCount, inputTokens, outputTokens, JdbcRecords.plain(cost), unpricedCalls, unpricedTokens),
                createdAt,
                updatedAt,
                Optional.empty());
    }

    /** The primary key. */
    record Key(UUID organizationId, UUID id) implements Serializable {}
}
