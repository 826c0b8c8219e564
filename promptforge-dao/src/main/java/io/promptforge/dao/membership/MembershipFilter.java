package io.promptforge.dao.membership;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import java.util.UUID;

/**
 * The conditions that a listed membership meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class MembershipFilter extends Input<MembershipFilter> {
    static final Criterion<UUID> PROJECT_ID = new Criterion<>("project_id");
    static final Criterion<UUID> USER_ID = new Criterion<>("user_id");

    private static final MembershipFilter ALL = new MembershipFilter(Criteria.none());

    private final Criteria criteria;

    private MembershipFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every membership of the tenant. */
    public static MembershipFilter all() {
        return ALL;
    }

    /** Requires this project. */
    public MembershipFilter projectId(UUID project) {
        return with(PROJECT_ID, Check.present("project_id", project));
    }

    /** Requires this user. */
    public MembershipFilter userId(UUID user) {
        return with(USER_ID, Check.present("user_id", user));
    }

    private <T> MembershipFilter with(Criterion<T> criterion, T value) {
        return new MembershipFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
