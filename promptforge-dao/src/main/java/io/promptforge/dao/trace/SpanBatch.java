package io.promptforge.dao.trace;

import static io.promptforge.dao.internal.write.RowArrays.assignments;
import static io.promptforge.dao.internal.write.RowArrays.given;
import static io.promptforge.schema.jooq.Tables.SPANS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.internal.partition.SpanPartitions;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.schema.jooq.tables.records.SpansRecord;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
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

/** Writes spans: new ones by one statement, changed ones by another. */
final class SpanBatch {
    /** The columns that are written and read again: keys, columns derived from the records, and those that records report. */
    static final List<Field<?>> FIELDS = Stream.concat(
                    Stream.of(
                            SPANS.ORGANIZATION_ID,
                            SPANS.TRACE_ID,
                            SPANS.ID,
                            SPANS.PROVISIONAL,
                            SPANS.MODEL_ID,
                            SPANS.MODEL_REPORTED,
                            SPANS.COST,
                            SPANS.COST_REPORTED),
                    SpanColumns.STORED.stream().map(RecordColumn::field))
            .toList();

    /** The start by which a row to change is found in its partition: the start itself may be among the changes. */
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

    /** Adds a span that is not stored yet. */
    void add(MergedSpan span) {
        added.add(values(span));
    }

    /** Adds a span whose stored row differs. */
    void change(MergedSpan before, MergedSpan after) {
        List<@Nullable Object> values = values(after);
        values.add(before.record().fields().startedAt);
        changed.add(values);
    }

    /**
     * Writes them by at most two statements. The caller has locked their traces, so no other transaction adds the same spans.
     *
     * @return the months of the written spans that have no partition
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

    /** Learned from the statement that writes, since a partition that existed a moment ago may have been dropped. */
    private static Set<YearMonth> withoutPartition(String schema, DSLContext dsl, ResultQuery<?> writing) {
        CommonTableExpression<?> written = name("written").as(writing);
        Field<String> month = field("to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM')", String.class);
        return dsl.with(written)
                .selectDistinct(month)
                .from(written)
                .where("written_to = to_regclass({0})::oid::bigint", val(schema + "." + SpanPartitions.DEFAULT))
                .fetchSet(row -> YearMonth.parse(row.value1()));
    }

    /** In the order of {@link #FIELDS}. */
    private List<@Nullable Object> values(MergedSpan span) {
        SpanFields fields = span.record().fields();
        List<@Nullable Object> values = new ArrayList<>(FIELDS.size() + 1);
        values.add(organization);
        values.add(span.traceId());
        values.add(fields.id);
        values.add(span.record().provisionalOrNull());
        values.add(span.modelId());
        values.add(fields.modelId != null);
        values.add(span.cost());
        values.add(fields.cost != null);
        SpanColumns.STORED.forEach(column -> values.add(column.stored(fields)));
        return values;
    }
}
