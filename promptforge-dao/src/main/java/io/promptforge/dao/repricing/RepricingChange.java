package io.promptforge.dao.repricing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * What a repricing would change for the calls of one model on one day.
 *
 * @param day the day, in UTC, on which the traces occurred
 * @param modelId the model by whose prices the calls would be priced; empty if none is registered
 * @param modelName the model as reported; empty if unknown
 * @param spans the number of spans that would change
 * @param costBefore the sum of what they add to the costs of their traces now, in US dollars
 * @param costAfter the sum of what they would add
 * @param unknownBefore the number of them whose cost is unknown now
 * @param unknownAfter the number of them whose cost would be unknown
 */
public record RepricingChange(
        LocalDate day,
        Optional<UUID> modelId,
        Optional<String> modelName,
        long spans,
        BigDecimal costBefore,
        BigDecimal costAfter,
        long unknownBefore,
        long unknownAfter) {}
