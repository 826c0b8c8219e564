package io.promptforge.dao.user;

import static io.promptforge.schema.jooq.Tables.USERS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;

/** The lists of users: what each criterion of a filter is in SQL, and the orders. */
final class UserList {
    private static final Conditions CONDITIONS = Conditions.ofTenant(USERS.ORGANIZATION_ID)
            .anyOf(UserFilter.ROLE, USERS.ROLE)
            .equal(UserFilter.ACTIVE, USERS.ACTIVE)
            .mentions(UserFilter.TEXT, USERS.FULL_NAME, USERS.EMAIL);

    static final SortOrder BY_NAME = SortOrder.ascending(USERS.FULL_NAME, USERS.ID);

    static final ListQuery<User> LIST = new ListQuery<>("users", USERS, CONDITIONS, UserRows.USER);

    private UserList() {}
}
