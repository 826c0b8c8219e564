package io.promptforge.dao.user;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import org.jspecify.annotations.Nullable;

/**
 * What identifies a user at an identity provider. Both texts are compared exactly.
 *
 * @param issuer the identity provider: the claim {@code iss} of OpenID Connect, or the entity ID of SAML
 * @param subject the user there: the claim {@code sub}, or the persistent NameID
 */
public record SingleSignOn(String issuer, String subject) {
    static final String ISSUER = "sso_issuer";
    static final String SUBJECT = "sso_subject";

    /**
     * An identity.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if a text is null or blank
     */
    public SingleSignOn {
        Check.text(ISSUER, issuer);
        Check.text(SUBJECT, subject);
    }

    static ColumnValues in(ColumnValues values, @Nullable SingleSignOn identity) {
        return values.with(ISSUER, identity == null ? null : identity.issuer())
                .with(SUBJECT, identity == null ? null : identity.subject());
    }
}
