package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.SPANS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.select;

import io.promptforge.dao.internal.TenantSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/** Reads a trace with its spans by one statement. */
final class JooqTraceTree {
    private JooqTraceTree() {}

    static Optional<TraceTree> find(TenantSession session, UUID id, boolean withPayloads) {
        List<? extends Record> rows = rows(session, id, withPayloads);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Record first = rows.get(0);
        Trace trace = withPayloads ? TraceRows.traceWithPayload(first) : TraceRows.trace(first);
        int start = traceFields(withPayloads).size();
        List<Span> spans = new ArrayList<>(rows.size());
        for (Record row : rows.subList(1, rows.size())) {
            spans.add(SpanRows.span(row, start, withPayloads));
        }
        return Optional.of(new TraceTree(trace, SpanForest.of(spans)));
    }

    /** The first row has the trace, each other one a span: joined to every span, the trace would be sent that often. */
    private static List<? extends Record> rows(TenantSession session, UUID id, boolean withPayloads) {
        UUID organization = session.organizationId();
        Table<?> trace = select(traceFields(withPayloads))
                .from(TRACES)
                .where(TRACES.ORGANIZATION_ID.eq(organization))
                .and(TRACES.ID.eq(id))
                .asTable("trace");
        Table<?> span = select(withPayloads ? SpanRows.FIELDS_WITH_PAYLOAD : SpanRows.FIELDS)
                .from(SPANS)
                .where(SPANS.ORGANIZATION_ID.eq(organization))
                .and(SPANS.TRACE_ID.eq(id))
                .asTable("span");
        return session.run(dsl -> dsl.select(trace.fields())
                .select(span.fields())
                .from(trace)
                .fullJoin(span)
                .on(falseCondition())
                .orderBy(of(span, SPANS.STARTED_AT).asc().nullsFirst(), of(span, SPANS.ID))
                .fetch());
    }

    private static List<Field<?>> traceFields(boolean withPayloads) {
        return withPayloads ? TraceRows.FIELDS_WITH_PAYLOAD : TraceRows.FIELDS;
    }

    private static Field<?> of(Table<?> table, Field<?> field) {
        return Objects.requireNonNull(table.field(field));
    }
}
