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
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.SQLDataType;

/** Computes the summaries of evaluations: a row each, of an evaluation without results as well. */
final class SummaryRows {
    private static final BigDecimal MOST_TOKENS = BigDecimal.valueOf(Long.MAX_VALUE);

    /** Of both kinds together, or of the one that is known; as a number that does not overflow. */
    private static final Field<BigDecimal> CALL_TOKENS = tokensOfACall();

    private static final Field<UUID> ID = EVALUATIONS.ID.as("id");
    private static final Field<Integer> TESTS = count(EVALUATION_RESULTS.ID).as("tests");
    private static final Field<Integer> PASSED =
            count().filterWhere(EVALUATION_RESULTS.PASSED).as("passed");
    private static final Measure SCORE = new Measure("score", EVALUATION_RESULTS.SCORE, 6);
    private static final Measure LATENCY =
            new Measure("latency", EVALUATION_RESULTS.LATENCY_US.coerce(SQLDataType.NUMERIC), 0);
    private static final Measure TOKENS = new Measure("tokens", CALL_TOKENS, 0);
    private static final Measure COST = new Measure("cost", EVALUATION_RESULTS.COST, 12);
    private static final Field<BigDecimal> TOTAL_TOKENS = sum(CALL_TOKENS).as("total_tokens");
    private static final Field<BigDecimal> TOTAL_COST =
            sum(EVALUATION_RESULTS.COST).as("total_cost");

    private static final List<Field<?>> FIELDS = Stream.of(
                    List.of(ID, TESTS, PASSED),
                    SCORE.fields(),
                    LATENCY.fields(),
                    TOKENS.fields(),
                    COST.fields(),
                    List.of(TOTAL_TOKENS, TOTAL_COST))
            .<Field<?>>flatMap(List::stream)
            .toList();

    private SummaryRows() {}

    /** The summaries of these evaluations, as far as they are there. */
    static Select<?> of(UUID organization, UUID... evaluations) {
        return select(FIELDS)
                .from(EVALUATIONS)
                .leftJoin(EVALUATION_RESULTS)
                .on(EVALUATION_RESULTS.ORGANIZATION_ID.eq(EVALUATIONS.ORGANIZATION_ID))
                .and(EVALUATION_RESULTS.EVALUATION_ID.eq(EVALUATIONS.ID))
                .where(EVALUATIONS.ORGANIZATION_ID.eq(organization))
                .and(EVALUATIONS.ID.in(evaluations))
                .groupBy(EVALUATIONS.ORGANIZATION_ID, EVALUATIONS.ID);
    }

    /** The fields of a summary in a statement that has given it this name. */
    static List<Field<?>> fieldsOf(String alias) {
        return FIELDS.stream()
                .<Field<?>>map(field -> field(name(alias, field.getName()), field.getDataType()))
                .toList();
    }

    /** The summary in a row that has its fields; empty where an outer join found none. */
    static Optional<EvaluationSummary> summary(Record row) {
        if (row.get(ID) == null) {
            return Optional.empty();
        }
        return Optional.of(new EvaluationSummary(
                row.get(TESTS),
                row.get(PASSED),
                row.get(TESTS) - row.get(PASSED),
                SCORE.in(row, Columns::plain),
                LATENCY.in(row, SummaryRows::microseconds),
                TOKENS.in(row, SummaryRows::tokens),
                COST.in(row, Columns::plain),
                Optional.ofNullable(row.get(TOTAL_TOKENS))
                        .map(SummaryRows::tokens)
                        .orElse(0L),
                Optional.ofNullable(row.get(TOTAL_COST)).map(Columns::plain).orElse(BigDecimal.ZERO)));
    }

    private static Field<BigDecimal> tokensOfACall() {
        Field<BigDecimal> read = EVALUATION_RESULTS.INPUT_TOKENS.cast(SQLDataType.NUMERIC);
        Field<BigDecimal> written = EVALUATION_RESULTS.OUTPUT_TOKENS.cast(SQLDataType.NUMERIC);
        return coalesce(read.plus(written), read, written);
    }

    private static Duration microseconds(BigDecimal number) {
        return Duration.of(number.longValueExact(), ChronoUnit.MICROS);
    }

    private static long tokens(BigDecimal number) {
        return number.min(MOST_TOKENS).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /**
     * One number of a result.
     *
     * @param name what the fields are called by
     * @param value the number; null where a result has none
     * @param decimals how many the average gets
     */
    private record Measure(String name, Field<BigDecimal> value, int decimals) {
        List<Field<?>> fields() {
            return List.of(average(), percentile(50), percentile(95));
        }

        <T> Optional<Distribution<T>> in(Record row, Function<BigDecimal, T> type) {
            List<T> numbers = new ArrayList<>();
            for (Field<?> field : fields()) {
                Optional.ofNullable(row.get(field.getName(), BigDecimal.class))
                        .map(type)
                        .ifPresent(numbers::add);
            }
            return numbers.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Distribution<>(numbers.get(0), numbers.get(1), numbers.get(2)));
        }

        private Field<BigDecimal> average() {
            return round(avg(value), decimals).as(name + "_average");
        }

        private Field<BigDecimal> percentile(int percent) {
            return percentileDisc(inline(BigDecimal.valueOf(percent, 2)))
                    .withinGroupOrderBy(value)
                    .as(name + "_percentile_" + percent);
        }
    }
}
