package io.promptforge.dao.apikey;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;

/**
 * The conditions that a listed key meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class ApiKeyFilter extends Input<ApiKeyFilter> {
    static final Criterion<Boolean> REVOKED = new Criterion<>("revoked");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final ApiKeyFilter ALL = new ApiKeyFilter(Criteria.none());

    private final Criteria criteria;

    private ApiKeyFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every key of the tenant. */
    public static ApiKeyFilter all() {
        return ALL;
    }

    /** Requires a key that was revoked, or one that was not. */
    public ApiKeyFilter revoked(boolean revoked) {
        return with(REVOKED, revoked);
    }

    /** Requires this text in the name, in any letter case. */
    public ApiKeyFilter text(String part) {
        return with(TEXT, Check.text("text", part));
    }

    private <T> ApiKeyFilter with(Criterion<T> criterion, T value) {
        return new ApiKeyFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
