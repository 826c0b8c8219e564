package io.promptforge.dao.organization;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;

/**
 * The conditions that a listed organization meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class OrganizationFilter extends Input<OrganizationFilter> {
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final OrganizationFilter ALL = new OrganizationFilter(Criteria.none());

    private final Criteria criteria;

    private OrganizationFilter(Criteria criteria) {
        super(criteria);
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

    Criteria criteria() {
        return criteria;
    }
}
