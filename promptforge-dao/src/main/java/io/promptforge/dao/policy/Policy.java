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
 * @param id its key
 * @param projectId the project it governs
 * @param name display name, unique in the project
 * @param description free text
 * @param type what it watches
 * @param rules a JSON object with the rule itself, in the terms of its type
 * @param threshold the value from which it is broken, in the unit of its type
 * @param severity how bad a violation is
 * @param action what a violation leads to
 * @param active false when it is not checked
 * @param enforced true when the action is carried out; false when violations are only recorded
 * @param versionNumber grows by one with each change of type, rules or threshold
 * @param createdBy the user who made it; empty when a service did
 * @param createdAt when it was made
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
        Instant updatedAt) {}
