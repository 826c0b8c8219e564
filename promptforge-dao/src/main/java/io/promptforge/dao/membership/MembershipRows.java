package io.promptforge.dao.membership;

import static io.promptforge.schema.jooq.Tables.PROJECT_MEMBERSHIPS;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;

/** Maps rows to memberships. */
final class MembershipRows {
    static final RowReader<Membership> MEMBERSHIP = RowReader.of(
            Selection.of(
                    PROJECT_MEMBERSHIPS.ID,
                    PROJECT_MEMBERSHIPS.PROJECT_ID,
                    PROJECT_MEMBERSHIPS.USER_ID,
                    PROJECT_MEMBERSHIPS.ROLE,
                    PROJECT_MEMBERSHIPS.CREATED_AT,
                    PROJECT_MEMBERSHIPS.UPDATED_AT),
            MembershipRows::membership);

    private MembershipRows() {}

    private static Membership membership(ResultRow row) {
        return new Membership(
                row.take(PROJECT_MEMBERSHIPS.ID),
                row.take(PROJECT_MEMBERSHIPS.PROJECT_ID),
                row.take(PROJECT_MEMBERSHIPS.USER_ID),
                row.take(PROJECT_MEMBERSHIPS.ROLE),
                row.take(PROJECT_MEMBERSHIPS.CREATED_AT),
                row.take(PROJECT_MEMBERSHIPS.UPDATED_AT));
    }
}
