package io.promptforge.dao.trace;

import io.promptforge.dao.json.Json;
import java.util.Optional;

/**
 * The big parts of a span, which trees leave out.
 *
 * @param input what went in
 * @param output what came out
 * @param attributes a JSON object of all other attributes
 * @param events a JSON array of events
 */
public record SpanPayload(Optional<Json> input, Optional<Json> output, Json attributes, Json events) {}
