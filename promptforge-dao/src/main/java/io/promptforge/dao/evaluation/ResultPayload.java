package io.promptforge.dao.evaluation;

import io.promptforge.dao.json.Json;
import java.util.Optional;

/**
 * The documents of a result, each of up to 16 MiB.
 *
 * @param input what went in
 * @param expectedOutput what should have come out
 * @param actualOutput what came out
 */
public record ResultPayload(Optional<Json> input, Optional<Json> expectedOutput, Optional<Json> actualOutput) {}
