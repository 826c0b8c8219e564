package io.promptforge.dao.policy;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.PolicyAction;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A rule that the calls of a project are checked against.
 *
 * <p>The unit of the threshold, and of the values that are compared with it ({@link Violation#detectedValue()} and
 * {@link Violation#thresholdValue()}), depends on the type of the policy: a score of 0 to 1 for {@code TOXICITY} and {@code PII}, US
 * dollars for {@code COST}, microseconds for {@code LATENCY}, like the durations of traces and spans in the database, and a unit
 * of your own for {@code CUSTOM}.
 *
 * @param id its key
 * @param projectId the project it governs
 * @param name display name, unique in the project
 * @param description free text
 * @param type what it watches
 * @param rules a JSON object with the rule itself, in the terms of its type
 * @param threshold the value from which it is broken, in the unit of its type, at most 12 decimals
 * @param severity severity of its violations
 * @param action what a violation leads to
 * @param active whether it is checked
 * @param enforced whether the action is carried out; if not, violations are only recorded
 * @param versionNumber 1 or more; grows by one with each change of type, rules or threshold
 * @param createdBy the user who created it; empty if a service did
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 */
public record Policy(
        UUID id,
        UUID projectId,
        String name,
        Optional<String> description,
        PolicyType type,
        Json rules,
        Optional<BigDecimal> threshold,
        Severity severity,
        PolicyAction action,
        boolean active,
        boolean enforced,
        int versionNumber,
        Optional<UUID> createdBy,
        Instant createdAt,
        Instant updatedAt) {
    /** Of a threshold, and of what is compared with it. */
    static final int DECIMALS = 12;
}
