package io.promptforge.dao.user;

import io.promptforge.dao.internal.check.Check;
import java.text.Normalizer;

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
}
