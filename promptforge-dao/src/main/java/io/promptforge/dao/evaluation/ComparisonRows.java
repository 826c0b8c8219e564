package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.Keyset;
import io.promptforge.dao.page.PageRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Compares two evaluations test by test: the statement, and what is in its rows. */
final class ComparisonRows {
    /**
     * Always has a row; more than one only where the page has more than one test.
     *
     * <ol start="0">
     *   <li>the summaries of both evaluations
     *   <li>the table of results
     *   <li>the tenant
     *   <li>the base
     *   <li>the candidate
     *   <li>which tests are listed
     *   <li>where the page begins
     *   <li>how many rows it has at most
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
                           -- the pass rates, multiplied by the runs of both sides, so that nothing is rounded
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
            SELECT base.*, candidate.*, counts.*, page.*
            FROM counts
            LEFT JOIN summaries AS base      ON base.id = {3}
            LEFT JOIN summaries AS candidate ON candidate.id = {4}
            LEFT JOIN page                   ON true
            ORDER BY page.test_name
            """;

    /** What the page is sorted by. */
    static final Field<String> TEST_NAME = field(name("test_name"), EVALUATION_RESULTS.TEST_NAME.getDataType());

    private static final Field<String> OUTCOME = field(name("outcome"), SQLDataType.CLOB);
    private static final Field<Integer> LISTED = field(name("listed"), SQLDataType.INTEGER);
    private static final Side BASE = new Side("base");
    private static final Side CANDIDATE = new Side("candidate");

    private static final List<Field<?>> FIELDS = Stream.of(
                    BASE.summary(),
                    CANDIDATE.summary(),
                    Stream.of(TestOutcome.values()).map(ComparisonRows::count).toList(),
                    List.of(LISTED, TEST_NAME),
                    BASE.runs(),
                    CANDIDATE.runs(),
                    List.of(OUTCOME))
            .<Field<?>>flatMap(List::stream)
            .toList();

    private ComparisonRows() {}

    /** Runs the statement. */
    static Result<Record> fetch(
            DSLContext dsl,
            UUID organization,
            UUID base,
            UUID candidate,
            ComparisonFilter filter,
            Keyset keyset,
            PageRequest page) {
        return dsl.resultQuery(
                        COMPARISON,
                        SummaryRows.of(organization, base, candidate),
                        EVALUATION_RESULTS,
                        val(organization),
                        val(base),
                        val(candidate),
                        letsThrough(filter),
                        keyset.behind(page),
                        inline(page.size() + 1))
                .coerce(FIELDS)
                .fetch();
    }

    static Optional<EvaluationSummary> base(Record row) {
        return SummaryRows.summary(row.into(BASE.summary().toArray(Field[]::new)));
    }

    static Optional<EvaluationSummary> candidate(Record row) {
        return SummaryRows.summary(row.into(CANDIDATE.summary().toArray(Field[]::new)));
    }

    static OutcomeCounts counts(Record row) {
        return new OutcomeCounts(
                row.get(count(TestOutcome.IMPROVED)),
                row.get(count(TestOutcome.REGRESSED)),
                row.get(count(TestOutcome.EQUAL)),
                row.get(count(TestOutcome.MISSING)),
                row.get(count(TestOutcome.NEW)));
    }

    /** How many tests the list has, over all its pages. */
    static int listed(Record row) {
        return row.get(LISTED);
    }

    /** Whether the row has a test; the one row of an empty page has none. */
    static boolean hasTest(Record row) {
        return row.get(TEST_NAME) != null;
    }

    static TestComparison test(Record row) {
        return new TestComparison(
                row.get(TEST_NAME),
                TestOutcome.valueOf(row.get(OUTCOME).toUpperCase(Locale.ROOT)),
                BASE.runs(row),
                CANDIDATE.runs(row));
    }

    private static Condition letsThrough(ComparisonFilter filter) {
        return noCondition()
                .and(
                        filter.outcomes().isEmpty()
                                ? noCondition()
                                : OUTCOME.in(filter.outcomes().stream()
                                        .map(ComparisonRows::word)
                                        .toList()))
                .and(filter.text().map(TEST_NAME::containsIgnoreCase).orElse(noCondition()));
    }

    private static Field<Integer> count(TestOutcome outcome) {
        return field(name("counts", word(outcome)), SQLDataType.INTEGER);
    }

    private static String word(TestOutcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /**
     * One of the two evaluations.
     *
     * @param name what it is called in the statement
     */
    private record Side(String name) {
        List<Field<?>> summary() {
            return SummaryRows.fieldsOf(name);
        }

        List<Field<?>> runs() {
            return List.of(number(), passed(), score());
        }

        Optional<TestRuns> runs(Record row) {
            return row.get(number()) == 0
                    ? Optional.empty()
                    : Optional.of(new TestRuns(
                            row.get(number()), row.get(passed()), Columns.optionalPlain(row.get(score()))));
        }

        private Field<Integer> number() {
            return of("runs", SQLDataType.INTEGER);
        }

        private Field<Integer> passed() {
            return of("passed", SQLDataType.INTEGER);
        }

        private Field<BigDecimal> score() {
            return of("score", SQLDataType.NUMERIC);
        }

        private <T> Field<T> of(String column, DataType<T> type) {
            return field(DSL.name(name + "_" + column), type);
        }
    }
}
