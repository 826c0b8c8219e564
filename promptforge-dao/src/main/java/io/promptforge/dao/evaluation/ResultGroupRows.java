package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;
import static io.promptforge.schema.jooq.Tables.EVALUATIONS;
import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static io.promptforge.schema.jooq.Tables.EVALUATORS;
import static io.promptforge.schema.jooq.Tables.PROJECTS;
import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.round;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** Sums results by group, in one statement. */
final class ResultGroupRows {
    private static final int MOST_GROUPS = 1_000;

    private static final Field<Long> RESULTS = number(count().cast(SQLDataType.BIGINT), "results");
    private static final Field<Long> PASSED = of(ResultOutcome.PASSED);
    private static final Field<Long> FAILED = of(ResultOutcome.FAILED);
    private static final Field<Long> ERRORS = of(ResultOutcome.ERROR);
    private static final Field<BigDecimal> AVERAGE =
            round(avg(EVALUATION_RESULTS.SCORE), 6).as("average_score");

    private ResultGroupRows() {}

    /** The groups, the greatest first. */
    static List<ResultGroup> of(TenantSession session, Criteria criteria, ResultGrouping grouping) {
        Group group = group(grouping, session.organizationId());
        Field<UUID> id = group.id.as("group_id");
        Field<String> name = group.name.as("group_name");
        RowReader<ResultGroup> reader = RowReader.of(
                Selection.of(id, name, RESULTS, PASSED, FAILED, ERRORS, AVERAGE),
                row -> new ResultGroup(
                        row.takeOptional(id),
                        row.takeOptional(name),
                        row.take(RESULTS),
                        row.take(PASSED),
                        row.take(FAILED),
                        row.take(ERRORS),
                        row.takeOptionalNumber(AVERAGE)));
        return session.run(dsl -> reader.fetch(dsl.select(reader.fields())
                .from(group.tables)
                .where(EvaluationResultList.CONDITIONS.condition(session.organizationId(), criteria))
                .groupBy(group.id, group.name)
                .orderBy(RESULTS.desc(), name, id)
                .limit(inline(MOST_GROUPS))));
    }

    /** Where the key and the name of a group come from. */
    private record Group(Table<?> tables, Field<UUID> id, Field<String> name) {}

    private static Group group(ResultGrouping grouping, UUID organization) {
        Field<UUID> tenant = val(organization);
        return switch (grouping) {
            case EVALUATOR -> new Group(withEvaluators(tenant), EVALUATORS.ID, EVALUATORS.NAME);
            case CATEGORY ->
                new Group(withEvaluators(tenant), inline((UUID) null, SQLDataType.UUID), EVALUATORS.CATEGORY);
            case PROJECT ->
                new Group(
                        EVALUATION_RESULTS
                                .leftJoin(PROJECTS)
                                .on(PROJECTS.ORGANIZATION_ID.eq(tenant))
                                .and(PROJECTS.ID.eq(EVALUATION_RESULTS.PROJECT_ID)),
                        PROJECTS.ID,
                        PROJECTS.NAME);
            case MODEL ->
                new Group(
                        EVALUATION_RESULTS
                                .leftJoin(EVALUATIONS)
                                .on(EVALUATIONS.ORGANIZATION_ID.eq(tenant))
                                .and(EVALUATIONS.ID.eq(EVALUATION_RESULTS.EVALUATION_ID))
                                .leftJoin(AI_MODELS)
                                .on(AI_MODELS.ORGANIZATION_ID.eq(tenant))
                                .and(AI_MODELS.ID.eq(coalesce(EVALUATION_RESULTS.MODEL_ID, EVALUATIONS.MODEL_ID))),
                        AI_MODELS.ID,
                        AI_MODELS.NAME);
        };
    }

    private static Table<?> withEvaluators(Field<UUID> tenant) {
        return EVALUATION_RESULTS
                .leftJoin(EVALUATORS)
                .on(EVALUATORS.ORGANIZATION_ID.eq(tenant))
                .and(EVALUATORS.ID.eq(EVALUATION_RESULTS.EVALUATOR_ID));
    }

    private static Field<Long> of(ResultOutcome outcome) {
        return number(
                count().filterWhere(EVALUATION_RESULTS.OUTCOME.eq(
                                inline(outcome, EVALUATION_RESULTS.OUTCOME.getDataType())))
                        .cast(SQLDataType.BIGINT),
                outcome.name().toLowerCase(java.util.Locale.ROOT));
    }

    private static Field<Long> number(Field<Long> count, String name) {
        return count.as(name);
    }
}
