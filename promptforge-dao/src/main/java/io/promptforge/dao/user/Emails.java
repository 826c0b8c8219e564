package io.promptforge.dao.user;

import static io.promptforge.schema.jooq.Tables.USERS;

import io.promptforge.dao.internal.check.Check;
import java.text.Normalizer;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * How e-mails compare: ASCII letters in any case, everything else exactly, in Unicode's NFC. The rule is fixed, because the case of
 * letters depends on the collation of the database: in a Turkish one, I is not the capital of i.
 */
final class Emails {
    private Emails() {}

    /** The e-mail in NFC, if it has a visible character. */
    static String checked(String email) {
        return Normalizer.normalize(Check.text("email", email), Normalizer.Form.NFC);
    }

    /** In the words of the unique index. */
    static Condition is(String email) {
        return folded(USERS.EMAIL).eq(folded(DSL.val(checked(email))));
    }

    private static Field<String> folded(Field<String> email) {
        return DSL.lower(email.collate("C"));
    }
}
