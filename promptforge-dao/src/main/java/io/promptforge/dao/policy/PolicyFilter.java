package io.promptforge.dao.policy;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Severity;
import java.util.List;
import java.util.UUID;

/**
 * The conditions that a listed or counted policy meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class PolicyFilter extends Input<PolicyFilter> {
    static final Criterion<UUID> PROJECT_ID = new Criterion<>("project_id");
    static final Criterion<List<PolicyType>> TYPE = new Criterion<>("type");
    static final Criterion<List<Severity>> SEVERITY = new Criterion<>("severity");
    static final Criterion<Boolean> ACTIVE = new Criterion<>("active");
    static final Criterion<Boolean> ENFORCED = new Criterion<>("enforced");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final PolicyFilter ALL = new PolicyFilter(Criteria.none());

    private final Criteria criteria;

    private PolicyFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every policy of the tenant. */
    public static PolicyFilter all() {
        return ALL;
    }

    /** Requires this project. */
    public PolicyFilter projectId(UUID project) {
        return with(PROJECT_ID, Check.present("project_id", project));
    }

    /** Requires one of these types; any type, if none is given. */
    public PolicyFilter type(PolicyType... any) {
        return with(TYPE, Check.choices("type", any));
    }

    /** Requires one of these severities; any severity, if none is given. */
    public PolicyFilter severity(Severity... any) {
        return with(SEVERITY, Check.choices("severity", any));
    }

    /** Requires that it is active, or that it is not. */
    public PolicyFilter active(boolean active) {
        return with(ACTIVE, active);
    }

    /** Requires that it is enforced, or that it is not. */
    public PolicyFilter enforced(boolean enforced) {
        return with(ENFORCED, enforced);
    }

    /** Requires this text in the name or the description, in any letter case. */
    public PolicyFilter text(String part) {
        return with(TEXT, Check.text("text", part));
    }

    private <T> PolicyFilter with(Criterion<T> criterion, T value) {
        return new PolicyFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
