package io.promptforge.benchmarks;

import io.promptforge.benchmarks.InsertColumn.Kind;
import java.util.List;
import java.util.UUID;

/**
 * A row of {@code evaluation_results}.
 *
 * @param organizationId the tenant
 * @param id its key
 * @param projectId the project of the evaluation
 * @param evaluationId the evaluation
 * @param given its values
 */
record ResultInsert(UUID organizationId, UUID id, UUID projectId, UUID evaluationId, GivenResult given) {
    static final InsertTable<ResultInsert> TABLE = new InsertTable<>(
            "evaluation_results",
            List.of(
                    new InsertColumn<>("organization_id", Kind.ID, ResultInsert::organizationId),
                    new InsertColumn<>("id", Kind.ID, ResultInsert::id),
                    new InsertColumn<>("project_id", Kind.ID, ResultInsert::projectId),
                    new InsertColumn<>("evaluation_id", Kind.ID, ResultInsert::evaluationId),
                    new InsertColumn<>("test_name", Kind.TEXT, row -> row.given.testName()),
                    new InsertColumn<>("repetition", Kind.INTEGER, row -> 1),
                    new InsertColumn<>("input", Kind.JSON, row -> StoredValues.text(row.given.input())),
                    new InsertColumn<>(
                            "expected_output", Kind.JSON, row -> StoredValues.text(row.given.expectedOutput())),
                    new InsertColumn<>("actual_output", Kind.JSON, row -> StoredValues.text(row.given.actualOutput())),
                    new InsertColumn<>("score", Kind.DECIMAL, row -> row.given.score()),
                    new InsertColumn<>("outcome", Kind.TEXT, row -> row.given.outcome()),
                    new InsertColumn<>("latency_us", Kind.LONG, row -> StoredValues.micros(row.given.latency())),
                    new InsertColumn<>("input_tokens", Kind.LONG, row -> row.given.inputTokens()),
                    new InsertColumn<>("output_tokens", Kind.LONG, row -> row.given.outputTokens()),
                    new InsertColumn<>("cost", Kind.DECIMAL, row -> row.given.cost()),
                    new InsertColumn<>("metrics", Kind.JSON, row -> StoredValues.text(row.given.metrics())),
                    new InsertColumn<>("error_message", Kind.TEXT, row -> null),
                    new InsertColumn<>("trace_id", Kind.ID, row -> null)));
}
