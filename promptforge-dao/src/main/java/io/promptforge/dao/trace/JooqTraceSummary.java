package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.percentileDisc;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.schema.type.ExecutionStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.SelectConditionStep;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** Counts traces and adds them up, by one statement. */
final class JooqTraceSummary {
    private static final Map<ExecutionStatus, Field<Integer>> BY_STATUS = Arrays.stream(ExecutionStatus.values())
            .collect(Collectors.toMap(status -> status, JooqTraceSummary::countOf));
    private static final Field<BigDecimal> SPANS = total(TRACES.SPAN_COUNT).as("spans");
    private static final Field<BigDecimal> INPUT_TOKENS =
            total(TRACES.INPUT_TOKENS).as("input_tokens");
    private static final Field<BigDecimal> OUTPUT_TOKENS =
            total(TRACES.OUTPUT_TOKENS).as("output_tokens");
    private static final Field<BigDecimal> COST = total(TRACES.COST).as("cost");
    private static final Field<BigDecimal> UNPRICED_CALLS =
            total(TRACES.UNPRICED_CALLS).as("unpriced_calls");
    private static final Field<BigDecimal> UNPRICED_TOKENS =
            total(TRACES.UNPRICED_TOKENS).as("unpriced_tokens");
    private static final Field<BigDecimal> AVERAGE_DURATION =
            avg(TRACES.DURATION_US.coerce(Long.class)).as("average_duration");
    private static final Field<Duration> MEDIAN_DURATION = percentile(0.5).as("median_duration");
    private static final Field<Duration> P95_DURATION = percentile(0.95).as("p95_duration");

    private JooqTraceSummary() {}

    static TraceSummary of(TenantSession session, TraceFilter filter) {
        Condition condition = TraceList.CONDITIONS.condition(session.organizationId(), filter.criteria());
        return session.run(dsl -> dsl.fetchSingle(query(condition)).map(JooqTraceSummary::summary));
    }

    /** The summaries of the children of these traces, of those that have any. */
    static Map<UUID, TraceSummary> ofChildren(TenantSession session, Set<UUID> parents) {
        if (parents.isEmpty()) {
            return Map.of();
        }
        Table<Record1<UUID>> parent =
                RowsById.each(parents.toArray(UUID[]::new)).asTable("parent", "id");
        Field<UUID> id = field(name("parent", "id"), SQLDataType.UUID);
        Table<?> summary = query(
                        TRACES.ORGANIZATION_ID.eq(session.organizationId()).and(TRACES.PARENT_TRACE_ID.eq(id)))
                .having(count().gt(0))
                .asTable("summary");
        Map<UUID, TraceSummary> found = new HashMap<>();
        session.<Boolean>run(dsl -> {
            dsl.select(id)
                    .select(summary.fields())
                    .from(parent)
                    .crossJoin(lateral(summary))
                    .forEach(row -> found.put(row.get(id), summary(row)));
            return true;
        });
        Map<UUID, TraceSummary> inOrder = new LinkedHashMap<>();
        parents.stream().filter(found::containsKey).forEach(key -> inOrder.put(key, found.get(key)));
        return inOrder;
    }

    private static SelectConditionStep<Record> query(Condition condition) {
        return select(BY_STATUS.values())
                .select(SPANS, INPUT_TOKENS, OUTPUT_TOKENS, COST, UNPRICED_CALLS, UNPRICED_TOKENS)
                .select(AVERAGE_DURATION, MEDIAN_DURATION, P95_DURATION)
                .from(TRACES)
                .where(condition);
    }

    private static TraceSummary summary(Record row) {
        Map<ExecutionStatus, Long> byStatus = new EnumMap<>(ExecutionStatus.class);
        BY_STATUS.forEach((status, count) -> byStatus.put(status, row.get(count).longValue()));
        return new TraceSummary(
                byStatus,
                row.get(SPANS).longValueExact(),
                row.get(INPUT_TOKENS).longValueExact(),
                row.get(OUTPUT_TOKENS).longValueExact(),
                Columns.plain(row.get(COST)),
                row.get(UNPRICED_CALLS).longValueExact(),
                row.get(UNPRICED_TOKENS).longValueExact(),
                Optional.ofNullable(row.get(AVERAGE_DURATION)).map(JooqTraceSummary::micros),
                Optional.ofNullable(row.get(MEDIAN_DURATION)),
                Optional.ofNullable(row.get(P95_DURATION)));
    }

    private static Duration micros(BigDecimal number) {
        return Duration.of(number.setScale(0, RoundingMode.HALF_UP).longValueExact(), ChronoUnit.MICROS);
    }

    private static Field<Integer> countOf(ExecutionStatus status) {
        return count().filterWhere(TRACES.STATUS.eq(status)).as(status.name());
    }

    private static Field<BigDecimal> total(Field<? extends Number> field) {
        return coalesce(sum(field), inline(BigDecimal.ZERO));
    }

    private static Field<Duration> percentile(double part) {
        return percentileDisc(inline(part))
                .withinGroupOrderBy(TRACES.DURATION_US)
                .coerce(TRACES.DURATION_US);
    }
}
