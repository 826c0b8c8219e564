package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.SPANS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import io.promptforge.dao.internal.query.FrequentQuery;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.session.TenantSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Reads a trace with its spans by one statement. */
final class JooqTraceTree {
    private static final JooqTraceTree WITHOUT_PAYLOADS = new JooqTraceTree(false, TraceRows.FIELDS, SpanRows.FIELDS);
    private static final JooqTraceTree WITH_PAYLOADS =
            new JooqTraceTree(true, TraceRows.FIELDS_WITH_PAYLOAD, SpanRows.FIELDS_WITH_PAYLOAD);

    private final boolean withPayloads;
    private final Selection ofTrace;
    private final Selection ofSpan;
    private final FrequentQuery query;

    private JooqTraceTree(boolean withPayloads, Selection ofTrace, Selection ofSpan) {
        this.withPayloads = withPayloads;
        this.ofTrace = ofTrace;
        this.ofSpan = ofSpan;
        this.query = new FrequentQuery(ofTrace.and(ofSpan), this::query);
    }

    static Optional<TraceTree> find(TenantSession session, UUID id, boolean withPayloads) {
        return (withPayloads ? WITH_PAYLOADS : WITHOUT_PAYLOADS).find(session, id);
    }

    private Optional<TraceTree> find(TenantSession session, UUID id) {
        UUID organization = session.organizationId();
        Found found = new Found();
        query.forEach(session, List.of(organization, id, organization, id), found::add);
        return Optional.ofNullable(found.trace).map(trace -> new TraceTree(trace, SpanForest.of(found.spans)));
    }

    /** The first row has the trace, each other one a span: joined to every span, the trace would be sent that often. */
    private Select<?> query() {
        Field<UUID> id = param("id", UUID.class);
        Field<UUID> organization = param("organization_id", UUID.class);
        Table<?> trace = select(ofTrace.fields())
                .from(TRACES)
                .where(TRACES.ORGANIZATION_ID.eq(organization))
                .and(TRACES.ID.eq(id))
                .asTable("trace");
        Table<?> span = select(ofSpan.fields())
                .from(SPANS)
                .where(SPANS.ORGANIZATION_ID.eq(organization))
                .and(SPANS.TRACE_ID.eq(id))
                .asTable("span");
        return select(trace.fields())
                .select(span.fields())
                .from(trace)
                .fullJoin(span)
                .on(falseCondition())
                .orderBy(of(span, SPANS.STARTED_AT).asc().nullsFirst(), of(span, SPANS.ID));
    }

    private static Field<?> of(Table<?> table, Field<?> field) {
        return Objects.requireNonNull(table.field(field));
    }

    /** What the rows have brought. */
    private final class Found {
        private final List<Span> spans = new ArrayList<>();
        private @Nullable Trace trace;

        void add(ResultRow row) {
            if (trace == null) {
                trace = withPayloads ? TraceRows.traceWithPayload(row) : TraceRows.trace(row);
            } else {
                spans.add(SpanRows.span(row.behind(ofTrace), withPayloads));
            }
        }
    }
}
