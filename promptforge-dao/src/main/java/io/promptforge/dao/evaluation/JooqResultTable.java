package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;
import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/** The statements that add results to an evaluation or take them out, and change its totals by as much. */
final class JooqResultTable {
    private static final Field<ResultOutcome> OUTCOME =
            field(name("changed", "outcome"), EVALUATION_RESULTS.OUTCOME.getDataType());
    private static final Field<BigDecimal> SCORE =
            field(name("changed", "score"), EVALUATION_RESULTS.SCORE.getDataType());
    private static final Field<Instant> REPLACED_AT =
            field(name("changed", "replaced_at"), EVALUATION_RESULTS.REPLACED_AT.getDataType());

    private static final Field<Integer> NUMBER = difference("number", SQLDataType.INTEGER);
    private static final Field<Integer> PASSED = difference("passed", SQLDataType.INTEGER);
    private static final Field<Integer> FAILED = difference("failed", SQLDataType.INTEGER);
    private static final Field<Integer> ERRORS = difference("errors", SQLDataType.INTEGER);
    private static final Field<Integer> SCORED = difference("scored", SQLDataType.INTEGER);
    private static final Field<BigDecimal> SCORES = difference("scores", SQLDataType.NUMERIC);

    private static final RowReader<Changed> CHANGED = RowReader.of(
            Selection.of(EvaluationRows.EVALUATION.fields()).and(NUMBER),
            row -> new Changed(EvaluationRows.EVALUATION.read(row), row.take(NUMBER)));

    private static final RowReader<Integer> COUNT = RowReader.of(Selection.of(NUMBER), row -> row.take(NUMBER));

    /** Not null for results of an evaluation. */
    private final TenantSession tx;

    JooqResultTable(TenantSession tx) {
        this.tx = tx;
    }

    /** The evaluation with its new totals, and how many results were added or taken out. */
    record Changed(Evaluation evaluation, int number) {}

    /** Inserts those results of an evaluation of whose test, variant and repetition none is stored yet. */
    Changed add(UUID evaluationId, ResultBatch rows) {
        return change(evaluationId, added(rows), 1);
    }

    /** Inserts those results of traces of whose test, variant and repetition none is stored yet; returns their number. */
    int add(ResultBatch rows) {
        return number(added(rows));
    }

    /** Marks results of an evaluation as replaced. */
    Changed replace(UUID evaluationId, Collection<UUID> ids, Instant at) {
        return change(evaluationId, replaced(ids, at), -1);
    }

    /** Marks results of traces as replaced; returns their number. */
    int replace(Collection<UUID> ids, Instant at) {
        return number(replaced(ids, at));
    }

    private CommonTableExpression<?> added(ResultBatch rows) {
        return name("changed")
                .as(rows.insert(tx.session().renderer())
                        .returning(
                                EVALUATION_RESULTS.OUTCOME, EVALUATION_RESULTS.SCORE, EVALUATION_RESULTS.REPLACED_AT));
    }

    private CommonTableExpression<?> replaced(Collection<UUID> ids, Instant at) {
        return name("changed")
                .as(tx.session()
                        .renderer()
                        .update(EVALUATION_RESULTS)
                        .set(EVALUATION_RESULTS.REPLACED_AT, at)
                        .where(EVALUATION_RESULTS.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(EVALUATION_RESULTS.ID.eq(any(ids.toArray(UUID[]::new))))
                        .and(EVALUATION_RESULTS.REPLACED_AT.isNull())
                        .returning(
                                EVALUATION_RESULTS.OUTCOME,
                                EVALUATION_RESULTS.SCORE,
                                inline((Instant) null, EVALUATION_RESULTS.REPLACED_AT)
                                        .as("replaced_at")));
    }

    private int number(CommonTableExpression<?> changed) {
        return tx.run(dsl -> COUNT.fetchSingle(dsl.with(changed)
                .select(NUMBER)
                .from(select(count().filterWhere(REPLACED_AT.isNull()).as("number"))
                        .from(changed)
                        .asTable("difference"))));
    }

    private Changed change(UUID evaluationId, CommonTableExpression<?> changed, int sign) {
        return tx.run(dsl -> CHANGED.fetchSingle(dsl.with(changed)
                .update(EVALUATIONS)
                .set(EVALUATIONS.TOTAL_TESTS, EVALUATIONS.TOTAL_TESTS.plus(NUMBER.times(sign)))
                .set(EVALUATIONS.PASSED_TESTS, EVALUATIONS.PASSED_TESTS.plus(PASSED.times(sign)))
                .set(EVALUATIONS.FAILED_TESTS, EVALUATIONS.FAILED_TESTS.plus(FAILED.times(sign)))
                .set(EVALUATIONS.ERROR_TESTS, EVALUATIONS.ERROR_TESTS.plus(ERRORS.times(sign)))
                .set(EVALUATIONS.SCORED_TESTS, EVALUATIONS.SCORED_TESTS.plus(SCORED.times(sign)))
                .set(EVALUATIONS.SCORE_SUM, EVALUATIONS.SCORE_SUM.plus(SCORES.times(sign)))
                .from(select(
                                count().as("number"),
                                of(ResultOutcome.PASSED).as("passed"),
                                of(ResultOutcome.FAILED).as("failed"),
                                of(ResultOutcome.ERROR).as("errors"),
                                count(SCORE).as("scored"),
                                coalesce(sum(SCORE), BigDecimal.ZERO).as("scores"))
                        .from(changed)
                        // what a later result of the batch replaces is stored as replaced, and never counts
                        .where(REPLACED_AT.isNull())
                        .asTable("difference"))
                .where(is(evaluationId))
                .returningResult(CHANGED.fields())));
    }

    private Condition is(UUID evaluationId) {
        return EVALUATIONS.ORGANIZATION_ID.eq(tx.organizationId()).and(EVALUATIONS.ID.eq(evaluationId));
    }

    private static Field<Integer> of(ResultOutcome outcome) {
        return count().filterWhere(OUTCOME.eq(org.jooq.impl.DSL.inline(outcome, OUTCOME.getDataType())));
    }

    private static <T> Field<T> difference(String column, org.jooq.DataType<T> type) {
        return field(name("difference", column), type);
    }
}
