package io.promptforge.dao.trace;

import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.PromptForgeException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Finds the first failing element of a refused batch. The database names at most the constraint, and under row-level security
 * nothing about the row; so parts of the batch are re-run in transactions that are rolled back, which takes about as long again as
 * the batch.
 */
final class RefusedElement {
    private RefusedElement() {}

    /** Stores traces; names the first refused trace in the error and, if one of its spans is the cause, the span. */
    static void onTraces(
            List<NewTrace> traces, Consumer<List<IncomingTrace>> store, Consumer<List<IncomingTrace>> rehearse) {
        try {
            store.accept(IncomingTrace.of(traces));
        } catch (InvalidValueException | InvalidReferenceException refusal) {
            int place = firstRefused(traces, 1, some -> rehearse.accept(IncomingTrace.of(some)));
            if (place < 0) {
                throw refusal;
            }
            NewTrace trace = traces.get(place);
            int least = trace.startedAt() == null ? 1 : 0;
            int span =
                    firstRefused(trace.spans(), least, some -> rehearse.accept(List.of(IncomingTrace.of(trace, some))));
            throw span < 0
                    ? named(refusal, "traces[" + place + "]", "trace " + trace.id())
                    : named(
                            refusal,
                            "traces[" + place + "].spans[" + span + "]",
                            "trace " + trace.id() + ", span "
                                    + trace.spans().get(span).id());
        }
    }

    /** Stores spans of a trace; names the first refused span in the error. */
    static void onSpans(
            UUID traceId,
            List<NewSpan> spans,
            Consumer<List<IncomingTrace>> store,
            Consumer<List<IncomingTrace>> rehearse) {
        try {
            store.accept(List.of(IncomingTrace.of(traceId, spans)));
        } catch (InvalidValueException | InvalidReferenceException refusal) {
            int place = firstRefused(spans, 1, some -> rehearse.accept(List.of(IncomingTrace.of(traceId, some))));
            throw place < 0
                    ? refusal
                    : named(
                            refusal,
                            "spans[" + place + "]",
                            "span " + spans.get(place).id());
        }
    }

    /**
     * Finds the shortest refused prefix of a list by binary search. Returns the place of its last element; -1 if the prefix is
     * empty, if nothing is refused any more, or if the search itself fails.
     *
     * @param least the length of the shortest prefix that can be re-run
     */
    private static <T> int firstRefused(List<T> list, int least, Consumer<List<T>> rehearse) {
        int accepted = least - 1;
        int refused = list.size();
        try {
            if (!isRefused(list, rehearse)) {
                return -1;
            }
            while (refused - accepted > 1) {
                int middle = (accepted + refused) >>> 1;
                if (isRefused(list.subList(0, middle), rehearse)) {
                    refused = middle;
                } else {
                    accepted = middle;
                }
            }
        } catch (PromptForgeException e) {
            return -1;
        }
        return refused - 1;
    }

    private static <T> boolean isRefused(List<T> some, Consumer<List<T>> rehearse) {
        try {
            rehearse.accept(some);
            return false;
        } catch (InvalidValueException | InvalidReferenceException e) {
            return true;
        }
    }

    private static FieldException named(FieldException refusal, String place, String what) {
        String message = place + " (" + what + "): " + refusal.getMessage();
        return refusal instanceof InvalidReferenceException
                ? new InvalidReferenceException(refusal.field(), message, refusal)
                : new InvalidValueException(refusal.field(), message, refusal);
    }
}
