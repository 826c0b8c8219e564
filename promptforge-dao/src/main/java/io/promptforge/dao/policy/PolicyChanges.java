package io.promptforge.dao.policy;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.Changes;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.PolicyAction;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An edit of a policy: sets the fields that are named, and keeps all others. Immutable and thread-safe. A new value of type, rules or
 * threshold makes a new version of the policy; setting the present value makes none.
 */
public final class PolicyChanges extends Input<PolicyChanges> {
    private static final PolicyChanges NONE = new PolicyChanges(Changes.none());

    private final Changes changes;

    private PolicyChanges(Changes changes) {
        super(changes);
        this.changes = changes;
    }

    /** Changes nothing. */
    public static PolicyChanges none() {
        return NONE;
    }

    /** Sets the name, 1 to 200 characters, unique in the project. */
    public PolicyChanges name(String name) {
        return set("name", Check.text("name", name));
    }

    /** Sets the description, at most 4,000 characters; null removes it. */
    public PolicyChanges description(@Nullable String text) {
        return set("description", Check.optionalText("description", text));
    }

    /** Sets what it watches. */
    public PolicyChanges type(PolicyType type) {
        return set("type", Check.present("type", type));
    }

    /** Sets the rules, a JSON object of at most 256 KiB. */
    public PolicyChanges rules(Json object) {
        return set("rules", Check.present("rules", object));
    }

    /** Sets the threshold, in the unit of {@link Policy#threshold()}, with at most 12 decimals; null removes it. */
    public PolicyChanges threshold(@Nullable BigDecimal value) {
        return set("threshold", Check.optionalRounded("threshold", value, Policy.DECIMALS));
    }

    /** Sets the severity of later violations. */
    public PolicyChanges severity(Severity severity) {
        return set("severity", Check.present("severity", severity));
    }

    /** Sets what a violation leads to. */
    public PolicyChanges action(PolicyAction action) {
        return set("action", Check.present("action", action));
    }

    /** Sets whether it is checked. */
    public PolicyChanges active(boolean active) {
        return set("active", active);
    }

    /** Sets whether its action is carried out; if not, violations are only recorded. */
    public PolicyChanges enforced(boolean enforced) {
        return set("enforced", enforced);
    }

    /** Refuses the edit if the policy was changed after this {@link Policy#updatedAt()}. */
    public PolicyChanges ifUnchangedSince(Instant updatedAt) {
        return new PolicyChanges(changes.ifUnchangedSince(Check.instant("updated_at", updatedAt)));
    }

    private PolicyChanges set(String column, @Nullable Object value) {
        return new PolicyChanges(changes.set(column, value));
    }

    Changes changes() {
        return changes;
    }
}
