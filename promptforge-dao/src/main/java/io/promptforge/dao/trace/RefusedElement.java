package io.promptforge.dao.trace;

import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.PromptForgeException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Says which element of a refused batch is to blame. The database tells at most which constraint it was, and under
 * row-level security nothing about the row; so parts of the batch are tried out, and undone, until the first element is
 * found without which it would have been stored: about as much work again as the batch was, and only where one is refused.
 */
final class RefusedElement {
    private RefusedElement() {}

    /** Stores traces, or says which of them is refused and, if it is for one of its spans, for which. */
    static void onTraces(
            List<NewTrace> traces, Consumer<List<IncomingTrace>> store, Consumer<List<IncomingTrace>> tryOut) {
        try {
            store.accept(IncomingTrace.of(traces));
        } catch (InvalidValueException | InvalidReferenceException refusal) {
            int place = firstRefused(traces, 1, some -> tryOut.accept(IncomingTrace.of(some)));
            if (place < 0) {
                throw refusal;
            }
            NewTrace trace = traces.get(place);
            int least = trace.startedAt() == null ? 1 : 0;
            int span =
                    firstRefused(trace.spans(), least, some -> tryOut.accept(List.of(IncomingTrace.of(trace, some))));
            throw span < 0
                    ? named(refusal, "traces[" + place + "]", "trace " + trace.id())
                    : named(
                            refusal,
                            "traces[" + place + "].spans[" + span + "]",
                            "trace " + trace.id() + ", span "
                                    + trace.spans().get(span).id());
        }
    }

    /** Stores spans of a trace, or says which of them is refused. */
    static void onSpans(
            UUID traceId,
            List<NewSpan> spans,
            Consumer<List<IncomingTrace>> store,
            Consumer<List<IncomingTrace>> tryOut) {
        try {
            store.accept(List.of(IncomingTrace.of(traceId, spans)));
        } catch (InvalidValueException | InvalidReferenceException refusal) {
            int place = firstRefused(spans, 1, some -> tryOut.accept(List.of(IncomingTrace.of(traceId, some))));
            throw place < 0
                    ? refusal
                    : named(
                            refusal,
                            "spans[" + place + "]",
                            "span " + spans.get(place).id());
        }
    }

    /**
     * The place of the last element of the shortest beginning of a list that is refused; -1 if that has no element, if
     * nothing is refused any more, or if the search itself fails.
     *
     * @param least the length of the shortest beginning that can be tried out
     */
    private static <T> int firstRefused(List<T> list, int least, Consumer<List<T>> tryOut) {
        int accepted = least - 1;
        int refused = list.size();
        try {
            if (!isRefused(list, tryOut)) {
                return -1;
            }
            while (refused - accepted > 1) {
                int middle = (accepted + refused) >>> 1;
                if (isRefused(list.subList(0, middle), tryOut)) {
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

    private static <T> boolean isRefused(List<T> some, Consumer<List<T>> tryOut) {
        try {
            tryOut.accept(some);
            return false;
        } catch (InvalidValueException | InvalidReferenceException e) {
            return true;
        }
    }

    private static FieldException named(FieldException refusal, String place, String who) {
        String message = place + " (" + who + "): " + refusal.getMessage();
        return refusal instanceof InvalidReferenceException
                ? new InvalidReferenceException(refusal.field(), message, refusal)
                : new InvalidValueException(refusal.field(), message, refusal);
    }
}
