package io.promptforge.dao.repricing;

import static io.promptforge.schema.jooq.Tables.REPRICINGS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.query.SortOrder;

/** Maps rows to repricings, and lists them. */
final class RepricingRows {
    static final RowReader<Repricing> REPRICING = RowReader.of(
            Selection.of(
                    REPRICINGS.ID,
                    REPRICINGS.STATUS,
                    REPRICINGS.PROJECT_ID,
                    REPRICINGS.MODEL_ID,
                    REPRICINGS.OCCURRED_FROM,
                    REPRICINGS.OCCURRED_BEFORE,
                    REPRICINGS.INCLUDES_REPORTED,
                    REPRICINGS.REACHED_AT,
                    REPRICINGS.TRACES,
                    REPRICINGS.SPANS,
                    REPRICINGS.KEPT_SPANS,
                    REPRICINGS.COST_BEFORE,
                    REPRICINGS.COST_AFTER,
                    REPRICINGS.CREATED_AT,
                    REPRICINGS.FINISHED_AT),
            RepricingRows::repricing);

    static final SortOrder NEWEST_FIRST = SortOrder.descending(REPRICINGS.CREATED_AT, REPRICINGS.ID);

    static final ListQuery<Repricing> LIST =
            new ListQuery<>("repricings", REPRICINGS, Conditions.ofTenant(REPRICINGS.ORGANIZATION_ID), REPRICING);

    private RepricingRows() {}

    private static Repricing repricing(ResultRow row) {
        return new Repricing(
                row.take(REPRICINGS.ID),
                row.take(REPRICINGS.STATUS),
                row.takeOptional(REPRICINGS.PROJECT_ID),
                row.takeOptional(REPRICINGS.MODEL_ID),
                row.takeOptional(REPRICINGS.OCCURRED_FROM),
                row.takeOptional(REPRICINGS.OCCURRED_BEFORE),
                row.take(REPRICINGS.INCLUDES_REPORTED),
                row.takeOptional(REPRICINGS.REACHED_AT),
                row.take(REPRICINGS.TRACES),
                row.take(REPRICINGS.SPANS),
                row.take(REPRICINGS.KEPT_SPANS),
                row.takeNumber(REPRICINGS.COST_BEFORE),
                row.takeNumber(REPRICINGS.COST_AFTER),
                row.take(REPRICINGS.CREATED_AT),
                row.takeOptional(REPRICINGS.FINISHED_AT));
    }
}
