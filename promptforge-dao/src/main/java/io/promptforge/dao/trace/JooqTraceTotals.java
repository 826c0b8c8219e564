package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.SPANS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.TenantSession;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/** Adds up the spans of traces, in the transaction that writes them and has locked the traces. */
final class JooqTraceTotals {
    private JooqTraceTotals() {}

    /** The totals are read off the stored spans, so that they cannot disagree with them. */
    static void update(TenantSession tx, List<UUID> traceIds) {
        try {
            tx.run(dsl -> dsl.update(TRACES)
                    .set(
                            row(TRACES.SPAN_COUNT, TRACES.INPUT_TOKENS, TRACES.OUTPUT_TOKENS, TRACES.COST),
                            select(
                                            count(),
                                            coalesce(sum(SPANS.INPUT_TOKENS), BigDecimal.ZERO)
                                                    .cast(Long.class),
                                            coalesce(sum(SPANS.OUTPUT_TOKENS), BigDecimal.ZERO)
                                                    .cast(Long.class),
                                            coalesce(sum(SPANS.COST), BigDecimal.ZERO))
                                    .from(SPANS)
                                    .where(SPANS.ORGANIZATION_ID.eq(TRACES.ORGANIZATION_ID))
                                    .and(SPANS.TRACE_ID.eq(TRACES.ID)))
                    .where(TRACES.ORGANIZATION_ID.eq(tx.organizationId()))
                    .and(TRACES.ID.eq(any(traceIds.toArray(UUID[]::new))))
                    .execute());
        } catch (InvalidValueException e) {
            // every part is within its limits, and it would take millions of spans to bring the tokens beyond theirs
            throw new InvalidValueException(
                    "cost", "The costs of a trace's spans must sum up to less than 1000000.", e);
        }
    }
}
