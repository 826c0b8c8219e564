package io.promptforge.benchmarks;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

/** A span that Hibernate writes. */
@NullUnmarked
@Entity
@Table(name = "spans")
class SpanEntity extends MappedSpan {
    @Column(name = "parent_remote")
    Boolean parentRemote;

    @Column(name = "cost_reported")
    boolean costReported;

    int revision;

    @JdbcTypeCode(SqlTypes.JSON)
    String input;

    @JdbcTypeCode(SqlTypes.JSON)
    String output;

    @JdbcTypeCode(SqlTypes.JSON)
    String attributes;

    @JdbcTypeCode(SqlTypes.JSON)
    String events;

    static SpanEntity of(SpanInsert row) {
        SpanEntity entity = new SpanEntity();
        entity.organizationId = row.organizationId();
        entity.traceId = row.traceId();
        entity.id = row.given().id();
        entity.parentId = row.given().parentId();
        entity.parentRemote = row.given().parentRemote();
        entity.name = row.given().name();
        entity.kind = StoredValues.name(row.given().kind());
        entity.status = StoredValues.name(row.given().status());
        entity.startedAt = row.given().startedAt();
        entity.endedAt = row.given().endedAt();
        entity.operationName = row.given().operationName();
        entity.providerName = row.given().providerName();
        entity.requestModel = row.given().requestModel();
        entity.responseModel = row.given().responseModel();
        entity.responseId = row.given().responseId();
        entity.modelId = row.modelId();
        entity.finishReasons = row.given().finishReasons().toArray(String[]::new);
        entity.temperature = row.given().temperature();
        entity.maxTokens = row.given().maxTokens();
        entity.timeToFirstTokenUs = StoredValues.micros(row.given().timeToFirstToken());
        entity.inputTokens = row.given().inputTokens();
        entity.outputTokens = row.given().outputTokens();
        entity.cachedInputTokens = row.given().cachedInputTokens();
        entity.cacheCreationInputTokens = row.given().cacheCreationInputTokens();
        entity.reasoningOutputTokens = row.given().reasoningOutputTokens();
        entity.cost = row.cost();
        entity.costReported = row.given().cost() != null;
        entity.revision = row.given().revision();
        entity.errorType = row.given().errorType();
        entity.errorMessage = row.given().errorMessage();
        entity.input = StoredValues.text(row.given().input());
        entity.output = StoredValues.text(row.given().output());
        entity.attributes = StoredValues.text(row.given().attributes());
        entity.events = StoredValues.text(row.given().events());
        return entity;
    }

    /** A span as trees show it. */
    @Immutable
    @Entity(name = "ShownSpan")
    @Table(name = "spans")
    static class Shown extends MappedSpan {}
}
