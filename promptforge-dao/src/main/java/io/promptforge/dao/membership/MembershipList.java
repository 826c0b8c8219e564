package io.promptforge.dao.membership;

import static io.promptforge.schema.jooq.Tables.PROJECT_MEMBERSHIPS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;

/** The lists of memberships: what each criterion of a filter is in SQL, and the order. */
final class MembershipList {
    private static final Conditions CONDITIONS = Conditions.ofTenant(PROJECT_MEMBERSHIPS.ORGANIZATION_ID)
            .equal(MembershipFilter.PROJECT_ID, PROJECT_MEMBERSHIPS.PROJECT_ID)
            .equal(MembershipFilter.USER_ID, PROJECT_MEMBERSHIPS.USER_ID);

    /** Ids are UUIDv7, which begin with the time. */
    static final SortOrder OLDEST_FIRST = SortOrder.ascending(PROJECT_MEMBERSHIPS.ID);

    static final ListQuery<Membership> LIST =
            new ListQuery<>("project_memberships", PROJECT_MEMBERSHIPS, CONDITIONS, MembershipRows.MEMBERSHIP);

    private MembershipList() {}
}
