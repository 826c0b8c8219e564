package io.promptforge.dao.trace;

import io.promptforge.dao.json.Json;
import java.util.Optional;

/**
 * The big parts of a trace, which lists and trees leave out.
 *
 * @param input what came in
 * @param output what went out
 * @param metadata a JSON object of everything else
 */
public record TracePayload(Optional<Json> input, Optional<Json> output, Json metadata) {}
