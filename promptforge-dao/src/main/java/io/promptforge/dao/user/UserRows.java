package io.promptforge.dao.user;

import static io.promptforge.schema.jooq.Tables.USERS;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import org.jooq.Condition;

/** How users are read: rows to records. */
final class UserRows {
    static final RowReader<User> USER = RowReader.of(
            Selection.of(
                    USERS.ORGANIZATION_ID,
                    USERS.ID,
                    USERS.EMAIL,
                    USERS.FULL_NAME,
                    USERS.ROLE,
                    USERS.ACTIVE,
                    USERS.LAST_LOGIN_AT,
                    USERS.FAILED_LOGIN_ATTEMPTS,
                    USERS.LOCKED_UNTIL,
                    USERS.CREATED_AT,
                    USERS.UPDATED_AT),
            UserRows::user);

    private UserRows() {}

    /** In the words of the unique index. */
    static Condition hasEmail(String email) {
        return lower(USERS.EMAIL).eq(lower(val(email)));
    }

    private static User user(ResultRow row) {
        return new User(
                row.take(USERS.ORGANIZATION_ID),
                row.take(USERS.ID),
                row.take(USERS.EMAIL),
                row.take(USERS.FULL_NAME),
                row.take(USERS.ROLE),
                row.take(USERS.ACTIVE),
                row.takeOptional(USERS.LAST_LOGIN_AT),
                row.take(USERS.FAILED_LOGIN_ATTEMPTS),
                row.takeOptional(USERS.LOCKED_UNTIL),
                row.take(USERS.CREATED_AT),
                row.take(USERS.UPDATED_AT));
    }
}
