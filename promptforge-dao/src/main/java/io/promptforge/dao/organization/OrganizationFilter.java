package io.promptforge.dao.organization;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The conditions that a listed organization meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class OrganizationFilter {
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final OrganizationFilter ALL = new OrganizationFilter(Criteria.none());

    private final Criteria criteria;

    private OrganizationFilter(Criteria criteria) {
        this.criteria = criteria;
    }

    /** Passes every organization. */
    public static OrganizationFilter all() {
        return ALL;
    }

    /** Requires this text in the name or the slug, in any letter case. */
    public OrganizationFilter text(String part) {
        return new OrganizationFilter(criteria.with(TEXT, Check.text("text", part)));
    }

    /** Applies a condition if there is a value for it: {@code filter.ifPresent(request.text(), OrganizationFilter::text)}. */
    public <V> OrganizationFilter ifPresent(
            @Nullable V value, BiFunction<OrganizationFilter, V, OrganizationFilter> condition) {
        return value == null ? this : condition.apply(this, value);
    }

    Criteria criteria() {
        return criteria;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OrganizationFilter filter && criteria.equals(filter.criteria);
    }

    @Override
    public int hashCode() {
        return criteria.hashCode();
    }

    /** The conditions, by name. */
    @Override
    public String toString() {
        return "OrganizationFilter" + criteria;
    }
}
