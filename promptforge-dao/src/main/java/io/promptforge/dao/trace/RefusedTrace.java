package io.promptforge.dao.trace;

import io.promptforge.dao.error.FieldException;

/**
 * A trace that {@link TraceRepository#recordAccepted} did not store.
 *
 * @param index its place in the list, from 0
 * @param trace the trace, with its spans
 * @param refusal why it was refused: an {@link io.promptforge.dao.error.InvalidValueException} or {@link
 *     io.promptforge.dao.error.InvalidReferenceException} with the field, the path of the trace or span, such as {@code
 *     traces[17].spans[3]}, and its id
 */
public record RefusedTrace(int index, NewTrace trace, FieldException refusal) {
    /** The refusal, without the values of the trace, which do not belong in a log. */
    @Override
    public String toString() {
        return refusal.toString();
    }
}
