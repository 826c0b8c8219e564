package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.RefusedElementSearch;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds the trace or span for which a batch is refused, and adds its path to the exception. Runs parts of the batch in savepoints of
 * one transaction, and rolls them back.
 */
final class RefusedElement {
    private final TenantSession tx;

    private RefusedElement(TenantSession tx) {
        this.tx = tx;
    }

    /** The refusal with the path of its element, such as {@code traces[17].spans[3]}; unchanged if the search finds none. */
    static FieldException locate(TenantSession session, List<ReportedTrace> batch, FieldException refusal) {
        return session.rehearse(tx -> new RefusedElement(tx).in(batch, refusal));
    }

    /** The refusal of a trace with its path in the batch, and with that of its span if the span is refused. */
    static FieldException locate(TenantSession tx, ReportedTrace trace, int place, FieldException refusal) {
        return new RefusedElement(tx).in(trace, place, refusal);
    }

    private FieldException in(List<ReportedTrace> batch, FieldException refusal) {
        ReportedTrace first = batch.get(0);
        if (first.fields() == null) {
            return inSpans(first, refusal);
        }
        OptionalInt place = RefusedElementSearch.indexIn(batch, 1, this::rehearse);
        if (place.isEmpty()) {
            return refusal;
        }
        return in(batch.get(place.getAsInt()), place.getAsInt(), refusal);
    }

    private FieldException in(ReportedTrace trace, int place, FieldException refusal) {
        return inSpans(trace, refusal).at("traces[" + place + "]", trace.id());
    }

    /** The refusal as that of one of the trace's spans, if it is one; else as it is. */
    private FieldException inSpans(ReportedTrace trace, FieldException refusal) {
        if (trace.spans().isEmpty()) {
            return refusal;
        }
        int least = trace.fields() == null || trace.fields().onlySpansKnown() ? 1 : 0;
        OptionalInt place =
                RefusedElementSearch.indexIn(trace.spans(), least, some -> rehearse(List.of(trace.withSpans(some))));
        return place.isEmpty()
                ? refusal
                : refusal.at("spans[" + place.getAsInt() + "]", trace.spans().get(place.getAsInt()).id);
    }

    private void rehearse(List<ReportedTrace> some) {
        tx.rehearse(nested -> BatchMerge.run(nested, IncomingTrace.of(some)));
    }
}
