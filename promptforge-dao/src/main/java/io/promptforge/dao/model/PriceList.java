package io.promptforge.dao.model;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Prices of a model from a moment on, until its next list begins. A list never changes; a wrong one is replaced, and then explains the
 * costs that were calculated by it, but prices no further call.
 *
 * @param id the id
 * @param modelId the model
 * @param validFrom when it begins; {@link NewPriceList#ALWAYS} for a list that holds for all time before the next
 * @param prices the prices; unknown ones end those before
 * @param source where they come from
 * @param ofCatalogue whether a catalogue set them
 * @param replacedAt when it was replaced; empty if it holds in its time
 * @param createdAt when it was stored
 */
public record PriceList(
        UUID id,
        UUID modelId,
        Instant validFrom,
        ModelPrices prices,
        Optional<String> source,
        boolean ofCatalogue,
        Optional<Instant> replacedAt,
        Instant createdAt) {}
