package io.promptforge.dao.trace;

import io.promptforge.dao.json.Json;
import java.util.Optional;

/**
 * The large fields of a span, which trees leave out.
 *
 * @param input the input
 * @param output the output
 * @param attributes all other attributes, a JSON object
 * @param events the events, a JSON array
 * @param redaction the removal of this payload by {@link TraceRepository#redactSpans}; empty if it was never removed, or only with
 *     the whole trace, whose payload says so
 */
public record SpanPayload(
        Optional<Json> input, Optional<Json> output, Json attributes, Json events, Optional<Redacted> redaction) {}
