package io.promptforge.dao.policy;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.schema.type.Severity;
import io.promptforge.schema.type.ViolationStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The conditions that a listed or counted violation meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class ViolationFilter extends Input<ViolationFilter> {
    static final Criterion<UUID> PROJECT_ID = new Criterion<>("project_id");
    static final Criterion<UUID> POLICY_ID = new Criterion<>("policy_id");
    static final Criterion<UUID> TRACE_ID = new Criterion<>("trace_id");
    static final Criterion<List<Severity>> SEVERITY = new Criterion<>("severity");
    static final Criterion<List<ViolationStatus>> STATUS = new Criterion<>("status");
    static final Criterion<Instant> DETECTED_FROM = new Criterion<>("detected_from");
    static final Criterion<Instant> DETECTED_BEFORE = new Criterion<>("detected_before");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final ViolationFilter ALL = new ViolationFilter(Criteria.none());

    private final Criteria criteria;

    private ViolationFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every violation of the tenant. */
    public static ViolationFilter all() {
        return ALL;
    }

    /** Requires a policy of this project. */
    public ViolationFilter projectId(UUID project) {
        return with(PROJECT_ID, Check.present("project_id", project));
    }

    /** Requires this policy, in any version. */
    public ViolationFilter policyId(UUID policy) {
        return with(POLICY_ID, Check.present("policy_id", policy));
    }

    /** Requires this trace of the call. */
    public ViolationFilter traceId(UUID trace) {
        return with(TRACE_ID, Check.present("trace_id", trace));
    }

    /** Requires one of these severities; any severity, if none is given. */
    public ViolationFilter severity(Severity... any) {
        return with(SEVERITY, Check.choices("severity", any));
    }

    /** Requires one of these statuses; any status, if none is given. */
    public ViolationFilter status(ViolationStatus... any) {
        return with(STATUS, Check.choices("status", any));
    }

    /** Requires that it was detected at this moment or later. */
    public ViolationFilter detectedFrom(Instant moment) {
        return with(DETECTED_FROM, Check.instant("detected_from", moment));
    }

    /** Requires that it was detected before this moment. */
    public ViolationFilter detectedBefore(Instant moment) {
        return with(DETECTED_BEFORE, Check.instant("detected_before", moment));
    }

    /** Requires this text in the message, in any letter case. */
    public ViolationFilter text(String part) {
        return with(TEXT, Check.text("text", part));
    }

    private <T> ViolationFilter with(Criterion<T> criterion, T value) {
        return new ViolationFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
