package io.promptforge.dao.policy;

import java.time.Instant;
import java.util.UUID;

/**
 * What somebody did about a violation.
 *
 * @param by the user
 * @param at when
 */
public record Handling(UUID by, Instant at) {}
