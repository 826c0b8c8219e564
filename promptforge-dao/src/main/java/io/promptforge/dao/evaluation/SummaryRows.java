package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;
import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.percentileDisc;
import static org.jooq.impl.DSL.round;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The query that summarizes evaluations, and how a statement that names its result reads a summary from a row. */
final class SummaryRows {
    private static final BigDecimal MOST_TOKENS = BigDecimal.valueOf(Long.MAX_VALUE);

    private static final Field<BigDecimal> LATENCY = EVALUATION_RESULTS.LATENCY_US.coerce(SQLDataType.NUMERIC);
    private static final Field<BigDecimal> TOKENS = tokens();

    /** Reads the rows of {@link #query} under the name {@code summary}. */
    static final RowReader<Optional<EvaluationSummary>> SUMMARY = new SummaryRows("summary").reader();

    private final Field<UUID> id;
    private final Field<Integer> tests;
    private final Field<Integer> passed;
    private final Field<Integer> errors;
    private final List<Field<BigDecimal>> score;
    private final List<Field<BigDecimal>> latency;
    private final List<Field<BigDecimal>> tokens;
    private final List<Field<BigDecimal>> cost;
    private final Field<BigDecimal> totalTokens;
    private final Field<BigDecimal> totalCost;

    /**
     * Reads summaries from a result of {@link #query}.
     *
     * @param alias the name of that result in the statement
     */
    SummaryRows(String alias) {
        id = field(name(alias, "id"), SQLDataType.UUID);
        tests = field(name(alias, "tests"), SQLDataType.INTEGER);
        passed = field(name(alias, "passed"), SQLDataType.INTEGER);
        errors = field(name(alias, "errors"), SQLDataType.INTEGER);
        score = distribution(alias, "score");
        latency = distribution(alias, "latency");
        tokens = distribution(alias, "tokens");
        cost = distribution(alias, "cost");
        totalTokens = number(alias, "total_tokens");
        totalCost = number(alias, "total_cost");
    }

    /** Summarizes an evaluation, or one variant of it: a row if it exists, with or without results. */
    static Select<?> query(UUID organization, UUID evaluation, Optional<String> variant) {
        return select(EVALUATIONS.ID)
                .select(count(EVALUATION_RESULTS.ID).as("tests"))
                .select(of(ResultOutcome.PASSED).as("passed"))
                .select(of(ResultOutcome.ERROR).as("errors"))
                .select(EVALUATIONS.SCALES)
                .select(distribution("score", EVALUATION_RESULTS.SCORE, 6))
                .select(distribution("latency", LATENCY, 0))
                .select(distribution("tokens", TOKENS, 0))
                .select(distribution("cost", EVALUATION_RESULTS.COST, 12))
                .select(sum(TOKENS).as("total_tokens"))
                .select(sum(EVALUATION_RESULTS.COST).as("total_cost"))
                .from(EVALUATIONS)
                .leftJoin(EVALUATION_RESULTS)
                .on(EVALUATION_RESULTS.ORGANIZATION_ID.eq(EVALUATIONS.ORGANIZATION_ID))
                .and(EVALUATION_RESULTS.EVALUATION_ID.eq(EVALUATIONS.ID))
                .and(EVALUATION_RESULTS.REPLACED_AT.isNull())
                .and(variant.map(EVALUATION_RESULTS.VARIANT::eq).orElseGet(DSL::noCondition))
                .where(EVALUATIONS.ORGANIZATION_ID.eq(organization))
                .and(EVALUATIONS.ID.eq(evaluation))
                .groupBy(EVALUATIONS.ORGANIZATION_ID, EVALUATIONS.ID);
    }

    private static Field<Integer> of(ResultOutcome outcome) {
        return count().filterWhere(
                        EVALUATION_RESULTS.OUTCOME.eq(inline(outcome, EVALUATION_RESULTS.OUTCOME.getDataType())));
    }

    /** The average, the median and the 95th percentile of a measure, which is null where a result has none. */
    private static List<Field<BigDecimal>> distribution(String measure, Field<BigDecimal> value, int decimals) {
        return List.of(
                round(avg(value), decimals).as(measure + "_average"),
                percentile(value, "0.5").as(measure + "_median"),
                percentile(value, "0.95").as(measure + "_percentile_95"));
    }

    private static Field<BigDecimal> percentile(Field<BigDecimal> value, String part) {
        return percentileDisc(inline(new BigDecimal(part))).withinGroupOrderBy(value);
    }

    /** The sum of both counts, or the known one of them; numeric, which does not overflow. */
    private static Field<BigDecimal> tokens() {
        Field<BigDecimal> read = EVALUATION_RESULTS.INPUT_TOKENS.cast(SQLDataType.NUMERIC);
        Field<BigDecimal> written = EVALUATION_RESULTS.OUTPUT_TOKENS.cast(SQLDataType.NUMERIC);
        return coalesce(read.plus(written), read, written);
    }

    private static List<Field<BigDecimal>> distribution(String alias, String measure) {
        return List.of(
                number(alias, measure + "_average"),
                number(alias, measure + "_median"),
                number(alias, measure + "_percentile_95"));
    }

    private static Field<BigDecimal> number(String alias, String column) {
        return field(name(alias, column), SQLDataType.NUMERIC);
    }

    private RowReader<Optional<EvaluationSummary>> reader() {
        return RowReader.of(selection(), this::summary);
    }

    Selection selection() {
        return Selection.of(Stream.of(
                        List.of(id, tests, passed, errors),
                        score,
                        latency,
                        tokens,
                        cost,
                        List.of(totalTokens, totalCost))
                .<Field<?>>flatMap(List::stream)
                .toList());
    }

    /** Takes {@link #selection()} from a row; empty if an outer join found no summary. */
    Optional<EvaluationSummary> summary(ResultRow row) {
        if (row.takeOptional(id).isEmpty()) {
            return Optional.empty();
        }
        int number = row.take(tests);
        int successes = row.take(passed);
        int notRun = row.take(errors);
        return Optional.of(new EvaluationSummary(
                number,
                successes,
                number - successes - notRun,
                notRun,
                distribution(row, score, Columns::plain),
                distribution(row, latency, SummaryRows::microseconds),
                distribution(row, tokens, SummaryRows::wholeTokens),
                distribution(row, cost, Columns::plain),
                row.takeOptional(totalTokens).map(SummaryRows::wholeTokens).orElse(0L),
                row.takeOptionalNumber(totalCost).orElse(BigDecimal.ZERO)));
    }

    private static <T> Optional<Distribution<T>> distribution(
            ResultRow row, List<Field<BigDecimal>> fields, Function<BigDecimal, T> type) {
        List<T> numbers = new ArrayList<>();
        fields.forEach(field -> row.takeOptional(field).map(type).ifPresent(numbers::add));
        return numbers.isEmpty()
                ? Optional.empty()
                : Optional.of(new Distribution<>(numbers.get(0), numbers.get(1), numbers.get(2)));
    }

    private static Duration microseconds(BigDecimal number) {
        return Duration.of(number.longValueExact(), ChronoUnit.MICROS);
    }

    private static long wholeTokens(BigDecimal number) {
        return number.min(MOST_TOKENS).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
