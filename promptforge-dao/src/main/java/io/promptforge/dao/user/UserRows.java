package io.promptforge.dao.user;

import static io.promptforge.schema.jooq.Tables.USERS;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

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
                    USERS.SSO_ISSUER,
                    USERS.SSO_SUBJECT,
                    USERS.LAST_LOGIN_AT,
                    USERS.FAILED_LOGIN_ATTEMPTS,
                    USERS.LOCKED_UNTIL,
                    USERS.CREATED_AT,
                    USERS.UPDATED_AT),
            UserRows::user);

    private UserRows() {}

    /** In the words of the unique index. */
    static Condition hasEmail(String email) {
        return folded(USERS.EMAIL).eq(folded(DSL.val(Emails.checked(email))));
    }

    private static Field<String> folded(Field<String> email) {
        return DSL.lower(email.collate("C"));
    }

    private static User user(ResultRow row) {
        return new User(
                row.take(USERS.ORGANIZATION_ID),
                row.take(USERS.ID),
                row.take(USERS.EMAIL),
                row.take(USERS.FULL_NAME),
                row.take(USERS.ROLE),
                row.take(USERS.ACTIVE),
                singleSignOn(row),
                row.takeOptional(USERS.LAST_LOGIN_AT),
                row.take(USERS.FAILED_LOGIN_ATTEMPTS),
                row.takeOptional(USERS.LOCKED_UNTIL),
                row.take(USERS.CREATED_AT),
                row.take(USERS.UPDATED_AT));
    }

    private static Optional<SingleSignOn> singleSignOn(ResultRow row) {
        Optional<String> issuer = row.takeOptional(USERS.SSO_ISSUER);
        Optional<String> subject = row.takeOptional(USERS.SSO_SUBJECT);
        return issuer.map(provider -> new SingleSignOn(provider, subject.orElseThrow()));
    }
}
