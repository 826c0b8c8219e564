package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.query.SortOrder;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.jooq.Converter;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** How a comparison is read: rows to records, the conditions of the filter, and the order of the tests. */
final class ComparisonRows {
    private static final Converter<String, ComparisonOutcome> WORD = Converter.ofNullable(
            String.class,
            ComparisonOutcome.class,
            word -> ComparisonOutcome.valueOf(word.toUpperCase(Locale.ROOT)),
            ComparisonRows::word);

    private static final Field<String> TEST_NAME = field(name("test_name"), EVALUATION_RESULTS.TEST_NAME.getDataType());
    private static final Field<ComparisonOutcome> OUTCOME =
            field(name("outcome"), SQLDataType.CLOB.asConvertedDataType(WORD));
    private static final Field<Integer> LISTED = field(name("listed"), SQLDataType.INTEGER);
    private static final Field<Integer> IMPROVED = count(ComparisonOutcome.IMPROVED);
    private static final Field<Integer> REGRESSED = count(ComparisonOutcome.REGRESSED);
    private static final Field<Integer> EQUAL = count(ComparisonOutcome.EQUAL);
    private static final Field<Integer> ERROR = count(ComparisonOutcome.ERROR);
    private static final Field<Integer> MISSING = count(ComparisonOutcome.MISSING);
    private static final Field<Integer> NEW = count(ComparisonOutcome.NEW);
    private static final Side BASE = Side.of("base");
    private static final Side CANDIDATE = Side.of("candidate");

    private static final Selection ONE_SUMMARY = BASE.summary().selection();
    private static final Selection SUMMARIES =
            ONE_SUMMARY.and(CANDIDATE.summary().selection());

    static final RowReader<ComparisonRow> ROW = RowReader.of(
            SUMMARIES
                    .and(IMPROVED, REGRESSED, EQUAL, ERROR, MISSING, NEW, LISTED, TEST_NAME, OUTCOME)
                    .and(BASE.repetitions())
                    .and(CANDIDATE.repetitions()),
            ComparisonRows::row);

    /** On rows that the statement has already restricted to the tenant. */
    static final Conditions CONDITIONS =
            Conditions.ofPlatform().anyOf(ComparisonFilter.OUTCOME, OUTCOME).mentions(ComparisonFilter.TEXT, TEST_NAME);

    static final SortOrder BY_TEST_NAME = SortOrder.ascending(TEST_NAME);

    private ComparisonRows() {}

    private static ComparisonRow row(ResultRow row) {
        return new ComparisonRow(
                BASE.summary().summary(row),
                CANDIDATE.summary().summary(row.behind(ONE_SUMMARY)),
                counts(row.behind(SUMMARIES)),
                row.take(LISTED),
                row.takeOptional(TEST_NAME).map(test -> test(test, row)));
    }

    private static OutcomeCounts counts(ResultRow row) {
        return new OutcomeCounts(
                row.take(IMPROVED),
                row.take(REGRESSED),
                row.take(EQUAL),
                row.take(ERROR),
                row.take(MISSING),
                row.take(NEW));
    }

    private static TestComparison test(String name, ResultRow row) {
        return new TestComparison(name, row.take(OUTCOME), BASE.runs(row), CANDIDATE.runs(row));
    }

    private static Field<Integer> count(ComparisonOutcome outcome) {
        return field(name("counts", word(outcome)), SQLDataType.INTEGER);
    }

    private static String word(ComparisonOutcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A row of the statement.
     *
     * @param base the base evaluation, repeated in every row; empty if there is no such evaluation
     * @param candidate the other evaluation, repeated in every row; empty if there is no such evaluation
     * @param counts of the whole comparison, repeated in every row
     * @param listed number of tests that pass the filter, repeated in every row
     * @param test empty in the one row of an empty page
     */
    record ComparisonRow(
            Optional<EvaluationSummary> base,
            Optional<EvaluationSummary> candidate,
            OutcomeCounts counts,
            int listed,
            Optional<TestComparison> test) {}

    /** The fields of one of the two evaluations. */
    private record Side(
            SummaryRows summary,
            Field<Integer> number,
            Field<Integer> passed,
            Field<Integer> errors,
            Field<BigDecimal> score) {
        static Side of(String name) {
            return new Side(
                    new SummaryRows(name),
                    column(name + "_runs", SQLDataType.INTEGER),
                    column(name + "_passed", SQLDataType.INTEGER),
                    column(name + "_errors", SQLDataType.INTEGER),
                    column(name + "_score", SQLDataType.NUMERIC));
        }

        private static <T> Field<T> column(String name, DataType<T> type) {
            return field(DSL.name(name), type);
        }

        Selection repetitions() {
            return Selection.of(number, passed, errors, score);
        }

        Optional<TestRuns> runs(ResultRow row) {
            TestRuns runs =
                    new TestRuns(row.take(number), row.take(passed), row.take(errors), row.takeOptionalNumber(score));
            return runs.runs() == 0 ? Optional.empty() : Optional.of(runs);
        }
    }
}
