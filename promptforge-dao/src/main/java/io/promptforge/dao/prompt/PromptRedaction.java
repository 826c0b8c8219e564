package io.promptforge.dao.prompt;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The removal of a version's content for good.
 *
 * @param at when it was removed
 * @param by the user who removed it; empty when a service did
 * @param note what stands where the content was
 */
public record PromptRedaction(Instant at, Optional<UUID> by, String note) {}
