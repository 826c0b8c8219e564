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
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/** Compares two evaluations test by test. */
final class JooqEvaluationComparison {
    /**
     * Returns at least one row, and more than one only if the page has more than one test.
     *
     * <ol start="0">
     *   <li>the summaries of both evaluations
     *   <li>the table of results
     *   <li>the tenant
     *   <li>the base
     *   <li>the candidate
     *   <li>the filter of the tests
     *   <li>the position of the page
     *   <li>the greatest number of rows
     *   <li>the selected fields
     * </ol>
     */
    private static final String COMPARISON = """
            WITH summaries AS (
                {0}
            ),
            runs AS (
                SELECT test_name, passed, score, evaluation_id = {3} AS of_base, evaluation_id = {4} AS of_candidate
                FROM {1}
                WHERE organization_id = {2} AND evaluation_id IN ({3}, {4})
            ),
            tests AS (
                SELECT test_name,
                       count(*) FILTER (WHERE of_base)                       AS base_runs,
                       count(*) FILTER (WHERE of_base AND passed)            AS base_passed,
                       round(avg(score) FILTER (WHERE of_base), 6)           AS base_score,
                       count(*) FILTER (WHERE of_candidate)                  AS candidate_runs,
                       count(*) FILTER (WHERE of_candidate AND passed)       AS candidate_passed,
                       round(avg(score) FILTER (WHERE of_candidate), 6)      AS candidate_score
                FROM runs
                GROUP BY test_name
            ),
            judged AS (
                SELECT *,
                       CASE
                           WHEN candidate_runs = 0 THEN 'missing'
                           WHEN base_runs = 0      THEN 'new'
                           -- pass rates are compared as products with the runs of both sides, which need no rounding
                           WHEN candidate_passed * base_runs > base_passed * candidate_runs THEN 'improved'
                           WHEN candidate_passed * base_runs < base_passed * candidate_runs THEN 'regressed'
                           WHEN candidate_score > base_score THEN 'improved'
                           WHEN candidate_score < base_score THEN 'regressed'
                           ELSE 'equal'
                       END AS outcome
                FROM tests
            ),
            counts AS (
                SELECT count(*) FILTER (WHERE outcome = 'improved')  AS improved,
                       count(*) FILTER (WHERE outcome = 'regressed') AS regressed,
                       count(*) FILTER (WHERE outcome = 'equal')     AS equal,
                       count(*) FILTER (WHERE outcome = 'missing')   AS missing,
                       count(*) FILTER (WHERE outcome = 'new')       AS new,
                       count(*) FILTER (WHERE {5})                   AS listed
                FROM judged
            ),
            page AS (
                SELECT * FROM judged WHERE {5} AND {6} ORDER BY test_name LIMIT {7}
            )
            SELECT {8}
            FROM counts
            LEFT JOIN summaries AS base      ON base.id = {3}
            LEFT JOIN summaries AS candidate ON candidate.id = {4}
            LEFT JOIN page                   ON true
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
                        SummaryRows.query(session.organizationId(), base, candidate),
                        EVALUATION_RESULTS,
                        val(session.organizationId()),
                        val(base),
                        val(candidate),
                        ComparisonRows.CONDITIONS.condition(session.organizationId(), filter.criteria()),
                        position.condition(),
                        inline(position.limit()),
                        DSL.list(ComparisonRows.ROW.fields()))
                .coerce(ComparisonRows.ROW.fields());
    }
}
