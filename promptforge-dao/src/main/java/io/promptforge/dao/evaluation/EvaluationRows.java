package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;

/** Maps rows to evaluations. */
final class EvaluationRows {
    static final RowReader<Evaluation> EVALUATION = RowReader.of(
            Selection.of(
                    EVALUATIONS.ID,
                    EVALUATIONS.PROJECT_ID,
                    EVALUATIONS.NAME,
                    EVALUATIONS.DESCRIPTION,
                    EVALUATIONS.TYPE,
                    EVALUATIONS.STATUS,
                    EVALUATIONS.CONFIGURATION,
                    EVALUATIONS.SCALES,
                    EVALUATIONS.DATASET_ID,
                    EVALUATIONS.PROMPT_ID,
                    EVALUATIONS.PROMPT_VERSION_ID,
                    EVALUATIONS.MODEL_ID,
                    EVALUATIONS.TOTAL_TESTS,
                    EVALUATIONS.PASSED_TESTS,
                    EVALUATIONS.FAILED_TESTS,
                    EVALUATIONS.ERROR_TESTS,
                    EVALUATIONS.AVERAGE_SCORE,
                    EVALUATIONS.ERROR_MESSAGE,
                    EVALUATIONS.STARTED_AT,
                    EVALUATIONS.FINISHED_AT,
                    EVALUATIONS.CLOCK_SKEW_US,
                    EVALUATIONS.EARLIER_ENDS,
                    EVALUATIONS.CREATED_BY,
                    EVALUATIONS.CREATED_AT,
                    EVALUATIONS.UPDATED_AT),
            EvaluationRows::evaluation);

    private EvaluationRows() {}

    private static Evaluation evaluation(ResultRow row) {
        return new Evaluation(
                row.take(EVALUATIONS.ID),
                row.take(EVALUATIONS.PROJECT_ID),
                row.take(EVALUATIONS.NAME),
                row.takeOptional(EVALUATIONS.DESCRIPTION),
                row.take(EVALUATIONS.TYPE),
                row.take(EVALUATIONS.STATUS),
                row.takeJson(EVALUATIONS.CONFIGURATION),
                Documents.scales(row.takeJson(EVALUATIONS.SCALES)),
                row.takeOptional(EVALUATIONS.DATASET_ID),
                row.takeOptional(EVALUATIONS.PROMPT_ID),
                row.takeOptional(EVALUATIONS.PROMPT_VERSION_ID),
                row.takeOptional(EVALUATIONS.MODEL_ID),
                row.take(EVALUATIONS.TOTAL_TESTS),
                row.take(EVALUATIONS.PASSED_TESTS),
                row.take(EVALUATIONS.FAILED_TESTS),
                row.take(EVALUATIONS.ERROR_TESTS),
                row.takeOptionalNumber(EVALUATIONS.AVERAGE_SCORE),
                row.takeOptional(EVALUATIONS.ERROR_MESSAGE),
                row.takeOptional(EVALUATIONS.STARTED_AT),
                row.takeOptional(EVALUATIONS.FINISHED_AT),
                row.takeOptional(EVALUATIONS.CLOCK_SKEW_US),
                Documents.ends(row.takeJson(EVALUATIONS.EARLIER_ENDS)),
                row.takeOptional(EVALUATIONS.CREATED_BY),
                row.take(EVALUATIONS.CREATED_AT),
                row.take(EVALUATIONS.UPDATED_AT));
    }
}
