package io.promptforge.dao.policy;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.LegacyChanges;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.PolicyAction;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An edit of a policy: what is not named stays as it is. Immutable. A change of type, rules or threshold makes a new
 * version of the policy; naming the value that it has already makes none.
 */
public final class PolicyChanges {
    private static final PolicyChanges NONE = new PolicyChanges(LegacyChanges.none());

    private final LegacyChanges changes;

    private PolicyChanges(LegacyChanges changes) {
        this.changes = changes;
    }

    /** No change. */
    public static PolicyChanges none() {
        return NONE;
    }

    /** Another display name, unique in the project, 1 to 200 characters. */
    public PolicyChanges name(String name) {
        return set("name", Check.text("name", name));
    }

    /** Another description, at most 4,000 characters; null for none. */
    public PolicyChanges description(@Nullable String description) {
        return set("description", Check.optionalText("description", description));
    }

    /** Something else to watch. */
    public PolicyChanges type(PolicyType type) {
        return set("type", Check.present("type", type));
    }

    /** Other rules: a JSON object of at most 256 KiB. */
    public PolicyChanges rules(Json rules) {
        return set("rules", Check.document("rules", rules));
    }

    /** Another threshold, in the unit of its type, at most 12 decimals; null for none. */
    public PolicyChanges threshold(@Nullable BigDecimal threshold) {
        return set("threshold", Check.optionalNumber("threshold", threshold));
    }

    /** Another severity, for violations from now on. */
    public PolicyChanges severity(Severity severity) {
        return set("severity", Check.present("severity", severity));
    }

    /** Another action. */
    public PolicyChanges action(PolicyAction action) {
        return set("action", Check.present("action", action));
    }

    /** Whether it is checked. */
    public PolicyChanges active(boolean active) {
        return set("active", active);
    }

    /** Whether its action is carried out. */
    public PolicyChanges enforced(boolean enforced) {
        return set("enforced", enforced);
    }

    /** Only if nobody has changed the policy since it was in this state: its {@code updatedAt}, as it was read. */
    public PolicyChanges ifUnchangedSince(Instant updatedAt) {
        return new PolicyChanges(changes.expecting("updated_at", Check.instant("updated_at", updatedAt)));
    }

    LegacyChanges changes() {
        return changes;
    }

    private PolicyChanges set(String column, @Nullable Object value) {
        return new PolicyChanges(changes.set(column, value));
    }

    /** What is changed, without the values. */
    @Override
    public String toString() {
        return changes.toString();
    }
}
