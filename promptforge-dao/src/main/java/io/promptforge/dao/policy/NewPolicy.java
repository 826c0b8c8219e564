package io.promptforge.dao.policy;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.PolicyAction;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Severity;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A policy to be made.
 *
 * @param projectId the project it governs
 * @param name display name, unique in the project, 1 to 200 characters
 * @param description free text, at most 4,000 characters, or null
 * @param type what it watches
 * @param rules a JSON object of at most 256 KiB with the rule itself, in the terms of its type
 * @param threshold the value from which it is broken, in the unit of its type; at most 12 decimals; or null
 * @param severity how bad a violation is
 * @param action what a violation leads to
 * @param active whether it is checked
 * @param enforced whether the action is carried out
 * @param createdBy the user who makes it, or null
 */
public record NewPolicy(
        UUID projectId,
        String name,
        @Nullable String description,
        PolicyType type,
        Json rules,
        @Nullable BigDecimal threshold,
        Severity severity,
        PolicyAction action,
        boolean active,
        boolean enforced,
        @Nullable UUID createdBy) {
    /** Checks what the database would not name. */
    public NewPolicy {
        Check.present("project_id", projectId);
        Check.text("name", name);
        Check.optionalText("description", description);
        Check.present("type", type);
        Check.document("rules", rules);
        Check.optionalNumber("threshold", threshold);
        Check.present("severity", severity);
        Check.present("action", action);
    }

    /** A policy that is active, and only logs violations of medium severity, until it is told more. */
    public static NewPolicy named(UUID projectId, String name, PolicyType type) {
        return new NewPolicy(
                projectId,
                name,
                null,
                type,
                Json.emptyObject(),
                null,
                Severity.MEDIUM,
                PolicyAction.LOG,
                true,
                false,
                null);
    }

    /** The same with a description. */
    public NewPolicy withDescription(String text) {
        return new NewPolicy(
                projectId, name, text, type, rules, threshold, severity, action, active, enforced, createdBy);
    }

    /** The same with rules. */
    public NewPolicy withRules(Json object) {
        return new NewPolicy(
                projectId, name, description, type, object, threshold, severity, action, active, enforced, createdBy);
    }

    /** The same with a threshold, in the unit of its type. */
    public NewPolicy withThreshold(BigDecimal value) {
        return new NewPolicy(
                projectId, name, description, type, rules, value, severity, action, active, enforced, createdBy);
    }

    /** The same with another severity. */
    public NewPolicy withSeverity(Severity other) {
        return new NewPolicy(
                projectId, name, description, type, rules, threshold, other, action, active, enforced, createdBy);
    }

    /** The same with another action. */
    public NewPolicy withAction(PolicyAction other) {
        return new NewPolicy(
                projectId, name, description, type, rules, threshold, severity, other, active, enforced, createdBy);
    }

    /** The same, with its action carried out. */
    public NewPolicy asEnforced() {
        return new NewPolicy(
                projectId, name, description, type, rules, threshold, severity, action, active, true, createdBy);
    }

    /** The same, not checked until it is activated. */
    public NewPolicy asInactive() {
        return new NewPolicy(
                projectId, name, description, type, rules, threshold, severity, action, false, enforced, createdBy);
    }

    /** The same, made by a user. */
    public NewPolicy withCreatedBy(UUID user) {
        return new NewPolicy(
                projectId, name, description, type, rules, threshold, severity, action, active, enforced, user);
    }
}
