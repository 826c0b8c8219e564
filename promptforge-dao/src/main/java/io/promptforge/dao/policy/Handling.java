package io.promptforge.dao.policy;

import java.time.Instant;
import java.util.UUID;

/**
 * A step in the handling of a violation.
 *
 * @param by the user who took it
 * @param at when
 */
public record Handling(UUID by, Instant at) {}
