package io.promptforge.dao.trace;

import static io.promptforge.dao.internal.write.RowArrays.assignments;
import static io.promptforge.dao.internal.write.RowArrays.given;
import static io.promptforge.schema.jooq.Tables.TRACES;

import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.schema.jooq.tables.records.TracesRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Writes traces with their totals: new ones by one statement, changed ones by another. */
final class TraceBatch {
    /** The columns that are written and read again: keys, columns derived from the records, and those that records report. */
    static final List<Field<?>> FIELDS = Stream.concat(
                    Stream.of(
                            TRACES.ORGANIZATION_ID,
                            TRACES.ID,
                            TRACES.PROJECT_ID,
                            TRACES.PROVISIONAL,
                            TRACES.SPAN_COUNT,
                            TRACES.INPUT_TOKENS,
                            TRACES.OUTPUT_TOKENS,
                            TRACES.COST),
                    TraceColumns.ALL.stream().map(RecordColumn::field))
            .toList();

    private final UUID organization;
    private final RowArrays<TracesRecord> added = new RowArrays<>(TRACES, FIELDS);
    private final RowArrays<TracesRecord> changed = new RowArrays<>(TRACES, FIELDS);
    private int expected = 0;

    TraceBatch(UUID organization) {
        this.organization = organization;
    }

    /** Adds a trace that was not stored when the caller read the stored ones; in the order of their ids. */
    void add(MergedTrace trace) {
        added.add(values(trace));
        expected++;
    }

    /** Adds a trace whose stored row differs; the caller has locked the row. */
    void change(MergedTrace after) {
        changed.add(values(after));
    }

    /** Writes them by at most two statements; returns false if another transaction has added one of the new traces meanwhile. */
    boolean write(TenantSession tx) {
        if (!changed.isEmpty()) {
            tx.run(dsl -> dsl.update(TRACES)
                    .set(assignments(FIELDS, TRACES.ORGANIZATION_ID, TRACES.ID, TRACES.PROJECT_ID))
                    .from(changed.given())
                    .where(TRACES.ORGANIZATION_ID.eq(organization))
                    .and(TRACES.ID.eq(given(TRACES.ID)))
                    .execute());
        }
        return added.isEmpty()
                || expected
                        == tx.run(dsl -> added.insert(dsl)
                                .onConflict(TRACES.ORGANIZATION_ID, TRACES.ID)
                                .doNothing()
                                .execute());
    }

    /** In the order of {@link #FIELDS}. */
    private List<@Nullable Object> values(MergedTrace trace) {
        TraceFields fields = trace.storedFields();
        List<@Nullable Object> values = new ArrayList<>(FIELDS.size());
        values.add(organization);
        values.add(fields.id);
        values.add(fields.projectId);
        values.add(trace.provisionalOrNull());
        values.add(trace.totals().spanCount());
        values.add(trace.totals().inputTokens());
        values.add(trace.totals().outputTokens());
        values.add(trace.totals().cost());
        TraceColumns.ALL.forEach(column -> values.add(column.stored(fields)));
        return values;
    }
}
