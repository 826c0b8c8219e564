package io.promptforge.dao.user;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.schema.type.Role;
import java.util.List;

/**
 * The conditions that a listed user meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class UserFilter extends Input<UserFilter> {
    static final Criterion<List<Role>> ROLE = new Criterion<>("role");
    static final Criterion<Boolean> ACTIVE = new Criterion<>("active");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final UserFilter ALL = new UserFilter(Criteria.none());

    private final Criteria criteria;

    private UserFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every user of the tenant. */
    public static UserFilter all() {
        return ALL;
    }

    /** Requires one of these roles; any role, if none is given. */
    public UserFilter role(Role... any) {
        return with(ROLE, Check.choices("role", any));
    }

    /** Requires an active user, or one who is not. */
    public UserFilter active(boolean active) {
        return with(ACTIVE, active);
    }

    /** Requires this text in the display name or the e-mail, in any letter case. */
    public UserFilter text(String part) {
        return with(TEXT, Check.text("text", part));
    }

    private <T> UserFilter with(Criterion<T> criterion, T value) {
        return new UserFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
