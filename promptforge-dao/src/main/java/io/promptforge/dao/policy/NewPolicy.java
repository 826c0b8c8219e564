package io.promptforge.dao.policy;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.PolicyAction;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Severity;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A policy to be created. Immutable and thread-safe; null for an optional field means that it has no value. A value that is not
 * accepted is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by the
 * database.
 */
public final class NewPolicy extends Input<NewPolicy> {
    private final ColumnValues values;

    private NewPolicy(ColumnValues values) {
        super(values);
        this.values = values;
    }

    /**
     * An active policy without rules that only logs its violations, of severity {@link Severity#MEDIUM}.
     *
     * @param projectId the project it governs
     * @param name display name, unique in the project, 1 to 200 characters
     * @param type what it watches
     */
    public static NewPolicy of(UUID projectId, String name, PolicyType type) {
        return new NewPolicy(ColumnValues.none()
                .with("project_id", Check.present("project_id", projectId))
                .with("name", Check.text("name", name))
                .with("type", Check.present("type", type))
                .with("severity", Severity.MEDIUM)
                .with("action", PolicyAction.LOG));
    }

    /** Sets the description, at most 4,000 characters. */
    public NewPolicy description(@Nullable String text) {
        return with("description", Check.optionalText("description", text));
    }

    /** Sets the rules, a JSON object of at most 256 KiB, in the terms of the type. */
    public NewPolicy rules(Json object) {
        return with("rules", Check.present("rules", object));
    }

    /** Sets the threshold, in the unit of {@link Policy#threshold()}, rounded half up to 12 decimals. */
    public NewPolicy threshold(@Nullable BigDecimal value) {
        return with("threshold", Check.optionalRounded("threshold", value, Policy.DECIMALS));
    }

    /** Sets the severity of its violations. */
    public NewPolicy severity(Severity severity) {
        return with("severity", Check.present("severity", severity));
    }

    /** Sets what a violation leads to. */
    public NewPolicy action(PolicyAction action) {
        return with("action", Check.present("action", action));
    }

    /** Sets whether it is checked; true by default. */
    public NewPolicy active(boolean active) {
        return with("active", active);
    }

    /** Sets whether its action is carried out; false, the default, only records violations. */
    public NewPolicy enforced(boolean enforced) {
        return with("enforced", enforced);
    }

    /** Sets the user who creates it. */
    public NewPolicy createdBy(@Nullable UUID user) {
        return with("created_by", user);
    }

    private NewPolicy with(String column, @Nullable Object value) {
        return new NewPolicy(values.withOptional(column, value));
    }

    ColumnValues values() {
        return values;
    }
}
