package io.promptforge.benchmarks;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

/** A result of an evaluation that Hibernate writes. */
@NullUnmarked
@Entity
@Table(name = "evaluation_results")
@IdClass(EvaluationResultEntity.Key.class)
class EvaluationResultEntity {
    @Id
    @Column(name = "organization_id")
    UUID organizationId;

    @Id
    UUID id;

    @Column(name = "project_id")
    UUID projectId;

    @Column(name = "evaluation_id")
    UUID evaluationId;

    @Column(name = "test_name")
    String testName;

    Integer repetition;

    @JdbcTypeCode(SqlTypes.JSON)
    String input;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "expected_output")
    String expectedOutput;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "actual_output")
    String actualOutput;

    BigDecimal score;

    String outcome;

    @Column(name = "latency_us")
    Long latencyUs;

    @Column(name = "input_tokens")
    Long inputTokens;

    @Column(name = "output_tokens")
    Long outputTokens;

    BigDecimal cost;

    @JdbcTypeCode(SqlTypes.JSON)
    String metrics;

    @Column(name = "error_message")
    String errorMessage;

    @Column(name = "trace_id")
    UUID traceId;

    static EvaluationResultEntity of(ResultInsert row) {
        EvaluationResultEntity entity = new EvaluationResultEntity();
        entity.organizationId = row.organizationId();
        entity.id = row.id();
        entity.projectId = row.projectId();
        entity.evaluationId = row.evaluationId();
        entity.testName = row.given().testName();
        entity.repetition = 1;
        entity.input = StoredValues.text(row.given().input());
        entity.expectedOutput = StoredValues.text(row.given().expectedOutput());
        entity.actualOutput = StoredValues.text(row.given().actualOutput());
        entity.score = row.given().score();
        entity.outcome = row.given().outcome();
        entity.latencyUs = StoredValues.micros(row.given().latency());
        entity.inputTokens = row.given().inputTokens();
        entity.outputTokens = row.given().outputTokens();
        entity.cost = row.given().cost();
        entity.metrics = StoredValues.text(row.given().metrics());
        return entity;
    }

    /** The primary key. */
    record Key(UUID organizationId, UUID id) implements Serializable {}
}
