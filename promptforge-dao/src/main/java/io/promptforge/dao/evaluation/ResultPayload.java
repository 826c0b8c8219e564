package io.promptforge.dao.evaluation;

import io.promptforge.dao.json.Json;
import java.util.Optional;

/**
 * The documents of a result, each of at most 16 MiB.
 *
 * @param input input of the test
 * @param expectedOutput output that the test expects
 * @param actualOutput output of the call
 */
public record ResultPayload(Optional<Json> input, Optional<Json> expectedOutput, Optional<Json> actualOutput) {}
