package io.promptforge.dao.trace;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The last removal of a payload for good.
 *
 * @param at when it was removed
 * @param by the user who removed it; empty when a service did
 * @param note what stands where input and output were
 */
public record Redacted(Instant at, Optional<UUID> by, String note) {}
