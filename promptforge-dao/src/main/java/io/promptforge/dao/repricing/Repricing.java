package io.promptforge.dao.repricing;

import io.promptforge.schema.type.RepricingStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A repricing and how far it is.
 *
 * @param id its id
 * @param status the status
 * @param projectId the project whose traces it reprices; empty for all
 * @param modelId the model whose calls it reprices; empty for all
 * @param occurredFrom the traces that occurred at this time or later; empty for no limit
 * @param occurredBefore the traces that occurred before this time; empty for no limit
 * @param includesReported whether reported costs are replaced
 * @param reachedAt when the last repriced trace occurred; empty before the first
 * @param traces the number of traces that have changed
 * @param spans the number of spans that have changed
 * @param keptSpans the number of these spans that were not undone, because they have changed since
 * @param costBefore the sum of the costs of the changed traces before, in US dollars
 * @param costAfter their sum afterwards
 * @param createdAt when it was started
 * @param finishedAt when it was completed or undone; empty while it runs
 */
public record Repricing(
        UUID id,
        RepricingStatus status,
        Optional<UUID> projectId,
        Optional<UUID> modelId,
        Optional<Instant> occurredFrom,
        Optional<Instant> occurredBefore,
        boolean includesReported,
        Optional<Instant> reachedAt,
        long traces,
        long spans,
        long keptSpans,
        BigDecimal costBefore,
        BigDecimal costAfter,
        Instant createdAt,
        Optional<Instant> finishedAt) {}
