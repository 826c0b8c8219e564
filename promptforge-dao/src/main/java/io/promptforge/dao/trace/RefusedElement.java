package io.promptforge.dao.trace;

import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.write.RefusedElementSearch;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;

/** Stores a batch; when it is refused, finds the trace or span that is the reason and adds its path to the exception. */
final class RefusedElement {
    private RefusedElement() {}

    static void onTraces(
            List<NewTrace> traces, Consumer<List<IncomingTrace>> store, Consumer<List<IncomingTrace>> rehearse) {
        try {
            store.accept(IncomingTrace.of(traces));
        } catch (InvalidValueException | InvalidReferenceException refusal) {
            OptionalInt place =
                    RefusedElementSearch.indexIn(traces, 1, some -> rehearse.accept(IncomingTrace.of(some)));
            if (place.isEmpty()) {
                throw refusal;
            }
            NewTrace trace = traces.get(place.getAsInt());
            throw inSpan(trace, refusal, rehearse).at("traces[" + place.getAsInt() + "]", trace.id());
        }
    }

    /** The refusal as that of one of the trace's spans, if it is one; else as it is. */
    private static FieldException inSpan(
            NewTrace trace, FieldException refusal, Consumer<List<IncomingTrace>> rehearse) {
        int least = trace.startedAt() == null ? 1 : 0;
        return inSpans(trace.spans(), least, refusal, some -> rehearse.accept(List.of(IncomingTrace.of(trace, some))));
    }

    static void onSpans(
            UUID traceId,
            List<NewSpan> spans,
            Consumer<List<IncomingTrace>> store,
            Consumer<List<IncomingTrace>> rehearse) {
        try {
            store.accept(List.of(IncomingTrace.of(traceId, spans)));
        } catch (InvalidValueException | InvalidReferenceException refusal) {
            throw inSpans(spans, 1, refusal, some -> rehearse.accept(List.of(IncomingTrace.of(traceId, some))));
        }
    }

    private static FieldException inSpans(
            List<NewSpan> spans, int least, FieldException refusal, Consumer<List<NewSpan>> rehearse) {
        OptionalInt place = RefusedElementSearch.indexIn(spans, least, rehearse);
        return place.isEmpty()
                ? refusal
                : refusal.at(
                        "spans[" + place.getAsInt() + "]",
                        spans.get(place.getAsInt()).id());
    }
}
