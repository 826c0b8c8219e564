package io.promptforge.dao.organization;

import static io.promptforge.schema.jooq.Tables.ORGANIZATIONS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;

/** The lists of organizations: what each criterion of a filter is in SQL, and the orders. */
final class OrganizationList {
    private static final Conditions CONDITIONS =
            Conditions.ofPlatform().mentions(OrganizationFilter.TEXT, ORGANIZATIONS.NAME, ORGANIZATIONS.SLUG);

    static final SortOrder BY_NAME = SortOrder.ascending(ORGANIZATIONS.NAME);

    static final ListQuery<Organization> LIST =
            new ListQuery<>("organizations", ORGANIZATIONS, CONDITIONS, OrganizationRows.ORGANIZATION);

    private OrganizationList() {}
}
