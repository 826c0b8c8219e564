package io.promptforge.dao.policy;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.PolicyType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a policy checked at a time: the version that a {@linkplain Violation#policyVersion() violation} names. Never changes.
 *
 * @param id its key
 * @param policyId the policy
 * @param versionNumber 1 or more
 * @param type what it watched
 * @param rules a JSON object with the rule, in the terms of its type
 * @param threshold the value from which it was broken, in the unit of its type
 * @param createdAt since when it applied
 */
public record PolicyVersion(
        UUID id,
        UUID policyId,
        int versionNumber,
        PolicyType type,
        Json rules,
        Optional<BigDecimal> threshold,
        Instant createdAt) {}
