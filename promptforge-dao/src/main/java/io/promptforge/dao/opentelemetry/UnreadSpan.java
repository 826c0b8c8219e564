package io.promptforge.dao.opentelemetry;

import org.jspecify.annotations.Nullable;

/**
 * A span that could not be read: one of its ids is malformed, or the value of an attribute fails. Nothing of it is in a trace.
 *
 * @param path its place in the list that was given, from 0, such as {@code spans[3]}
 * @param traceId the id of the trace as given, perhaps malformed; null if it is missing
 * @param spanId the id of the span as given, perhaps malformed; null if it is missing
 * @param field the refused field, such as {@code parent_span_id}; {@code spans} if the whole span was refused
 * @param problem a sentence that says what is wrong with it, without its value
 */
public record UnreadSpan(
        String path, @Nullable String traceId, @Nullable String spanId, String field, String problem) {

    /** The path and the problem, without the ids. */
    @Override
    public String toString() {
        return path + ": " + problem;
    }
}
