package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.evaluation.ComparisonRows.ComparisonRow;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.PagePosition;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/** Compares two evaluations test by test. */
final class JooqEvaluationComparison {
    /**
     * Returns at least one row, and more than one only if the page has more than one test.
     *
     * <ol start="0">
     *   <li>the summary of the base
     *   <li>the summary of the candidate
     *   <li>the table of results
     *   <li>the tenant
     *   <li>the base
     *   <li>the candidate
     *   <li>the condition on the variant of the base
     *   <li>the condition on the variant of the candidate
     *   <li>the filter of the tests
     *   <li>the position of the page
     *   <li>the greatest number of rows
     *   <li>the selected fields
     * </ol>
     */
    private static final String COMPARISON = """
            WITH base AS (
                {0}
            ),
            candidate AS (
                {1}
            ),
            -- 1: a higher score is better; -1: a lower one is; 0: the scales differ
            direction AS (
                SELECT CASE
                           WHEN base.scales -> 'score' IS DISTINCT FROM candidate.scales -> 'score'     THEN 0
                           WHEN base.scales -> 'score' ->> 'higher_is_better' = 'false'                 THEN -1
                           ELSE 1
                       END AS better
                FROM base CROSS JOIN candidate
            ),
            runs AS (
                SELECT test_name, outcome, score,
                       evaluation_id = {4} AND {6} AS of_base,
                       evaluation_id = {5} AND {7} AS of_candidate
                FROM {2}
                WHERE organization_id = {3} AND evaluation_id IN ({4}, {5}) AND replaced_at IS NULL
            ),
            tests AS (
                SELECT test_name,
                       count(*) FILTER (WHERE of_base)                                  AS base_runs,
                       count(*) FILTER (WHERE of_base AND outcome = 'passed')           AS base_passed,
                       count(*) FILTER (WHERE of_base AND outcome = 'error')            AS base_errors,
                       round(avg(score) FILTER (WHERE of_base), 6)                      AS base_score,
                       count(*) FILTER (WHERE of_candidate)                             AS candidate_runs,
                       count(*) FILTER (WHERE of_candidate AND outcome = 'passed')      AS candidate_passed,
                       count(*) FILTER (WHERE of_candidate AND outcome = 'error')       AS candidate_errors,
                       round(avg(score) FILTER (WHERE of_candidate), 6)                 AS candidate_score
                FROM runs
                WHERE of_base OR of_candidate
                GROUP BY test_name
            ),
            judged AS (
                SELECT tests.*,
                       CASE
                           WHEN candidate_runs = 0 THEN 'missing'
                           WHEN base_runs = 0      THEN 'new'
                           WHEN candidate_runs = candidate_errors OR base_runs = base_errors THEN 'error'
                           -- pass rates are compared as products with the runs of both sides, which need no rounding
                           WHEN candidate_passed * (base_runs - base_errors) > base_passed * (candidate_runs - candidate_errors)
                               THEN 'improved'
                           WHEN candidate_passed * (base_runs - base_errors) < base_passed * (candidate_runs - candidate_errors)
                               THEN 'regressed'
                           WHEN (candidate_score - base_score) * better > 0 THEN 'improved'
                           WHEN (candidate_score - base_score) * better < 0 THEN 'regressed'
                           ELSE 'equal'
                       END AS outcome
                FROM tests CROSS JOIN direction
            ),
            counts AS (
                SELECT count(*) FILTER (WHERE outcome = 'improved')  AS improved,
                       count(*) FILTER (WHERE outcome = 'regressed') AS regressed,
                       count(*) FILTER (WHERE outcome = 'equal')     AS equal,
                       count(*) FILTER (WHERE outcome = 'error')     AS error,
                       count(*) FILTER (WHERE outcome = 'missing')   AS missing,
                       count(*) FILTER (WHERE outcome = 'new')       AS new,
                       count(*) FILTER (WHERE {8})                   AS listed
                FROM judged
            ),
            page AS (
                SELECT * FROM judged WHERE {8} AND {9} ORDER BY test_name LIMIT {10}
            )
            SELECT {11}
            FROM counts
            LEFT JOIN base      ON true
            LEFT JOIN candidate ON true
            LEFT JOIN page      ON true
            ORDER BY page.test_name
            """;

    private final TenantSession session;

    JooqEvaluationComparison(TenantSession session) {
        this.session = session;
    }

    EvaluationComparison compare(UUID baseId, UUID candidateId, ComparisonFilter filter, PageRequest page) {
        Check.present("base_id", baseId);
        Check.present("candidate_id", candidateId);
        Check.present("filter", filter);
        PagePosition position = PagePosition.of(
                List.of("comparison", session.organizationId(), baseId, candidateId, filter),
                ComparisonRows.BY_TEST_NAME,
                page);
        List<ComparisonRow> rows =
                session.run(dsl -> ComparisonRows.ROW.fetch(query(dsl, baseId, candidateId, filter, position)));
        ComparisonRow any = rows.get(0);
        return new EvaluationComparison(
                any.base().orElseThrow(() -> new NotFoundException("base evaluation", baseId)),
                any.candidate().orElseThrow(() -> new NotFoundException("candidate evaluation", candidateId)),
                any.counts(),
                position.page(
                        rows.stream()
                                .map(ComparisonRow::test)
                                .flatMap(Optional::stream)
                                .toList(),
                        test -> List.of(test.testName()),
                        any.listed()));
    }

    private ResultQuery<?> query(
            DSLContext dsl, UUID base, UUID candidate, ComparisonFilter filter, PagePosition position) {
        return dsl.resultQuery(
                        COMPARISON,
                        SummaryRows.query(session.organizationId(), base, filter.baseVariant()),
                        SummaryRows.query(session.organizationId(), candidate, filter.candidateVariant()),
                        EVALUATION_RESULTS,
                        val(session.organizationId()),
                        val(base),
                        val(candidate),
                        variant(filter.baseVariant()),
                        variant(filter.candidateVariant()),
                        ComparisonRows.CONDITIONS.condition(session.organizationId(), filter.criteria()),
                        position.condition(),
                        inline(position.limit()),
                        DSL.list(ComparisonRows.ROW.fields()))
                .coerce(ComparisonRows.ROW.fields());
    }

    private static Condition variant(Optional<String> name) {
        return name.map(EVALUATION_RESULTS.VARIANT::eq).orElseGet(DSL::trueCondition);
    }
}
