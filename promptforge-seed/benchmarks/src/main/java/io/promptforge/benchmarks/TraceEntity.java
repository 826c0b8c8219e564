package io.promptforge.benchmarks;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

/** A trace that Hibernate writes. */
@NullUnmarked
@Entity
@Table(name = "traces")
class TraceEntity extends MappedTrace {
    int revision;

    @JdbcTypeCode(SqlTypes.JSON)
    String input;

    @JdbcTypeCode(SqlTypes.JSON)
    String output;

    @JdbcTypeCode(SqlTypes.JSON)
    String metadata;

    static TraceEntity of(TraceInsert row) {
        TraceEntity entity = new TraceEntity();
        entity.organizationId = row.organizationId();
        entity.id = row.given().id();
        entity.projectId = row.given().projectId();
        entity.parentTraceId = row.given().parentTraceId();
        entity.externalId = row.given().externalId();
        entity.name = row.given().name();
        entity.status = StoredValues.name(row.given().status());
        entity.startedAt = row.given().startedAt();
        entity.endedAt = row.given().endedAt();
        entity.environment = row.given().environment();
        entity.sessionId = row.given().sessionId();
        entity.endUserId = row.given().endUserId();
        entity.promptVersionId = row.given().promptVersionId();
        entity.modelId = row.given().modelId();
        entity.providerName = row.given().providerName();
        entity.modelName = row.given().modelName();
        entity.retryCount = row.given().retryCount();
        entity.errorType = row.given().errorType();
        entity.errorMessage = row.given().errorMessage();
        entity.input = StoredValues.text(row.given().input());
        entity.output = StoredValues.text(row.given().output());
        entity.metadata = StoredValues.text(row.given().metadata());
        entity.tags = row.given().tags().toArray(String[]::new);
        entity.spanCount = row.spans().size();
        entity.inputTokens = row.inputTokens();
        entity.outputTokens = row.outputTokens();
        entity.cost = row.cost();
        entity.revision = row.given().revision();
        return entity;
    }

    /** A trace as trees and lists show it. */
    @Immutable
    @Entity(name = "ShownTrace")
    @Table(name = "traces")
    static class Shown extends MappedTrace {}
}
