package io.promptforge.dao.trace;

import static io.promptforge.dao.internal.write.RowArrays.assignments;
import static io.promptforge.dao.internal.write.RowArrays.given;
import static io.promptforge.schema.jooq.Tables.SPANS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.internal.partition.SpanPartitions;
import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.schema.jooq.tables.records.SpansRecord;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.CommonTableExpression;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.ResultQuery;
import org.jspecify.annotations.Nullable;

/** Writes spans: the new ones by one statement, and those that records have changed by another. */
final class SpanBatch {
    /** What is written and read again: first what the row adds to its records, then those, in the order of {@link NewSpan}. */
    static final List<Field<?>> FIELDS = List.of(
            SPANS.ORGANIZATION_ID,
            SPANS.TRACE_ID,
            SPANS.PROVISIONAL,
            SPANS.MODEL_ID,
            SPANS.MODEL_REPORTED,
            SPANS.COST,
            SPANS.COST_REPORTED,
            SPANS.ID,
            SPANS.NAME,
            SPANS.KIND,
            SPANS.STATUS,
            SPANS.STARTED_AT,
            SPANS.ENDED_AT,
            SPANS.PARENT_ID,
            SPANS.OPERATION_NAME,
            SPANS.PROVIDER_NAME,
            SPANS.REQUEST_MODEL,
            SPANS.RESPONSE_MODEL,
            SPANS.RESPONSE_ID,
            SPANS.FINISH_REASONS,
            SPANS.TEMPERATURE,
            SPANS.MAX_TOKENS,
            SPANS.TIME_TO_FIRST_TOKEN_US,
            SPANS.INPUT_TOKENS,
            SPANS.OUTPUT_TOKENS,
            SPANS.CACHED_INPUT_TOKENS,
            SPANS.CACHE_CREATION_INPUT_TOKENS,
            SPANS.REASONING_OUTPUT_TOKENS,
            SPANS.ERROR_TYPE,
            SPANS.ERROR_MESSAGE,
            SPANS.INPUT,
            SPANS.OUTPUT,
            SPANS.ATTRIBUTES,
            SPANS.EVENTS);

    /** Where a row is found that is to be changed: its start, by which spans are partitioned, may be among the changes. */
    private static final Field<Instant> STORED_START = field(name("stored_start"), SPANS.STARTED_AT.getDataType());

    /** The partition that a row was written to. */
    private static final Field<Long> TABLE = field("tableoid::bigint", Long.class);

    private final UUID organization;
    private final RowArrays<SpansRecord> added = new RowArrays<>(SPANS, FIELDS);
    private final RowArrays<SpansRecord> changed = new RowArrays<>(
            SPANS, Stream.concat(FIELDS.stream(), Stream.of(STORED_START)).toList());

    SpanBatch(UUID organization) {
        this.organization = organization;
    }

    /** Collects a span that is not stored yet. */
    void add(SpanRow span) {
        added.add(values(span));
    }

    /** Collects a span that is stored otherwise. */
    void change(SpanRow before, SpanRow after) {
        List<@Nullable Object> values = new ArrayList<>(values(after));
        values.add(before.known().said().startedAt());
        changed.add(values);
    }

    /**
     * Writes them, by at most two statements. The caller has locked their traces, so that nobody else adds the same.
     *
     * @return the months of those that have no partition yet
     */
    Set<YearMonth> write(TenantSession tx) {
        Set<YearMonth> months = new TreeSet<>();
        if (!added.isEmpty()) {
            months.addAll(tx.run(dsl -> withoutPartition(
                    tx.session().schema(),
                    dsl,
                    added.insert(dsl).returningResult(SPANS.STARTED_AT.as("started_at"), TABLE.as("written_to")))));
        }
        if (!changed.isEmpty()) {
            months.addAll(tx.run(dsl -> withoutPartition(
                    tx.session().schema(),
                    dsl,
                    dsl.update(SPANS)
                            .set(assignments(FIELDS, SPANS.ORGANIZATION_ID, SPANS.TRACE_ID, SPANS.ID))
                            .from(changed.given())
                            .where(SPANS.ORGANIZATION_ID.eq(organization))
                            .and(SPANS.TRACE_ID.eq(given(SPANS.TRACE_ID)))
                            .and(SPANS.ID.eq(given(SPANS.ID)))
                            .and(SPANS.STARTED_AT.eq(given(STORED_START)))
                            .returningResult(SPANS.STARTED_AT.as("started_at"), TABLE.as("written_to")))));
        }
        return months;
    }

    /** Asked of the statement that writes, since a partition that was there a moment ago may have been dropped. */
    private static Set<YearMonth> withoutPartition(String schema, DSLContext dsl, ResultQuery<?> writing) {
        CommonTableExpression<?> written = name("written").as(writing);
        Field<String> month = field("to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM')", String.class);
        return dsl.with(written)
                .selectDistinct(month)
                .from(written)
                .where("written_to = to_regclass({0})::oid::bigint", val(schema + "." + SpanPartitions.DEFAULT))
                .fetchSet(row -> YearMonth.parse(row.value1()));
    }

    private List<@Nullable Object> values(SpanRow row) {
        NewSpan span = row.known().said();
        return Arrays.asList(
                organization,
                row.traceId(),
                row.known().provisionalOrNull(),
                row.modelId(),
                span.modelId() != null,
                row.cost(),
                span.cost() != null,
                span.id(),
                span.name(),
                span.kind(),
                span.status(),
                span.startedAt(),
                span.endedAt(),
                span.parentId(),
                span.operationName(),
                span.providerName(),
                span.requestModel(),
                span.responseModel(),
                span.responseId(),
                span.finishReasons().toArray(String[]::new),
                span.temperature(),
                span.maxTokens(),
                span.timeToFirstToken(),
                span.inputTokens(),
                span.outputTokens(),
                span.cachedInputTokens(),
                span.cacheCreationInputTokens(),
                span.reasoningOutputTokens(),
                span.errorType(),
                span.errorMessage(),
                Columns.jsonbOrNull(span.input()),
                Columns.jsonbOrNull(span.output()),
                Columns.jsonb(span.attributes()),
                Columns.jsonb(span.events()));
    }
}
