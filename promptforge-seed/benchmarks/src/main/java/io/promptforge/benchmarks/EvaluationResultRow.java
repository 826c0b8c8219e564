package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Column.Kind;
import java.util.List;
import java.util.UUID;

/**
 * A row of {@code evaluation_results}.
 *
 * @param organizationId the tenant
 * @param id its key
 * @param evaluationId the evaluation
 * @param given its values
 */
record EvaluationResultRow(UUID organizationId, UUID id, UUID evaluationId, GivenResult given) {
    static final Table<EvaluationResultRow> TABLE = new Table<>(
            "evaluation_results",
            List.of(
                    new Column<>("organization_id", Kind.ID, EvaluationResultRow::organizationId),
                    new Column<>("id", Kind.ID, EvaluationResultRow::id),
                    new Column<>("evaluation_id", Kind.ID, EvaluationResultRow::evaluationId),
                    new Column<>("test_name", Kind.TEXT, row -> row.given.testName()),
                    new Column<>("repetition", Kind.INTEGER, row -> 1),
                    new Column<>("input", Kind.JSON, row -> Stored.text(row.given.input())),
                    new Column<>("expected_output", Kind.JSON, row -> Stored.text(row.given.expectedOutput())),
                    new Column<>("actual_output", Kind.JSON, row -> Stored.text(row.given.actualOutput())),
                    new Column<>("score", Kind.DECIMAL, row -> row.given.score()),
                    new Column<>("passed", Kind.FLAG, row -> row.given.passed()),
                    new Column<>("latency_us", Kind.LONG, row -> Stored.micros(row.given.latency())),
                    new Column<>("input_tokens", Kind.LONG, row -> row.given.inputTokens()),
                    new Column<>("output_tokens", Kind.LONG, row -> row.given.outputTokens()),
                    new Column<>("cost", Kind.DECIMAL, row -> row.given.cost()),
                    new Column<>("metrics", Kind.JSON, row -> Stored.text(row.given.metrics())),
                    new Column<>("error_message", Kind.TEXT, row -> null),
                    new Column<>("trace_id", Kind.ID, row -> null)));
}
