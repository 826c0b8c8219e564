package io.promptforge.dao.trace;

import io.promptforge.dao.json.Json;
import java.util.Optional;

/**
 * The large fields of a trace, which lists and trees leave out.
 *
 * @param input the input
 * @param output the output
 * @param metadata everything else, a JSON object
 * @param redaction the removal of this payload and those of all spans; empty if they were never removed together
 */
public record TracePayload(Optional<Json> input, Optional<Json> output, Json metadata, Optional<Redacted> redaction) {}
