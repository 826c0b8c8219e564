package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.schema.jooq.tables.records.EvaluationResultsRecord;
import io.promptforge.schema.jooq.tables.records.EvaluationsRecord;
import java.util.Optional;
import org.jooq.Record;

/** From rows to the domain's records. */
final class EvaluationRows {
    private EvaluationRows() {}

    static Evaluation evaluation(EvaluationsRecord row) {
        return new Evaluation(
                row.getId(),
                row.getProjectId(),
                row.getName(),
                Optional.ofNullable(row.getDescription()),
                row.getType(),
                row.getStatus(),
                Columns.json(row.getConfiguration()),
                Optional.ofNullable(row.getDatasetId()),
                Optional.ofNullable(row.getPromptId()),
                Optional.ofNullable(row.getPromptVersionId()),
                Optional.ofNullable(row.getModelId()),
                row.getTotalTests(),
                row.getPassedTests(),
                row.getFailedTests(),
                Columns.optionalPlain(row.getAverageScore()),
                Optional.ofNullable(row.getErrorMessage()),
                Optional.ofNullable(row.getStartedAt()),
                Optional.ofNullable(row.getFinishedAt()),
                Optional.ofNullable(row.getCreatedBy()),
                row.getCreatedAt(),
                row.getUpdatedAt());
    }

    /** A result without its payload, of a query that may not have read it. */
    static EvaluationResult result(Record row) {
        return toResult(row.into(EVALUATION_RESULTS), Optional.empty());
    }

    static EvaluationResult resultWithPayload(EvaluationResultsRecord row) {
        return toResult(
                row,
                Optional.of(new ResultPayload(
                        Columns.optionalJson(row.getInput()),
                        Columns.optionalJson(row.getExpectedOutput()),
                        Columns.optionalJson(row.getActualOutput()))));
    }

    private static EvaluationResult toResult(EvaluationResultsRecord row, Optional<ResultPayload> payload) {
        return new EvaluationResult(
                row.getId(),
                row.getEvaluationId(),
                row.getTestName(),
                row.getRepetition(),
                Columns.optionalPlain(row.getScore()),
                row.getPassed(),
                Optional.ofNullable(row.getLatencyUs()),
                Columns.optionalLong(row.getInputTokens()),
                Columns.optionalLong(row.getOutputTokens()),
                Columns.optionalPlain(row.getCost()),
                Columns.json(row.getMetrics()),
                Optional.ofNullable(row.getErrorMessage()),
                Optional.ofNullable(row.getTraceId()),
                payload,
                row.getCreatedAt());
    }
}
