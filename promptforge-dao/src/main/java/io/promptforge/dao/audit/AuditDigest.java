package io.promptforge.dao.audit;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of an audit log at a moment: it stands for all entries until then. Keep it outside of the database, where a person who can
 * change the log cannot change it.
 *
 * @param organizationId the organization
 * @param number the number of the last transaction; 0 for an empty log
 * @param hash its SHA-256, 64 hexadecimal digits; empty for an empty log
 */
public record AuditDigest(UUID organizationId, long number, String hash) {
    private static final Pattern HASH = Pattern.compile("(?:[0-9a-f]{64})?");
    private static final Pattern TEXT =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):([0-9]{1,18}):(.*)");

    /**
     * Checks that nothing is null, and the number and the hash.
     *
     * @throws InvalidValueException otherwise
     */
    public AuditDigest {
        Check.present("organization_id", organizationId);
        if (number < 0 || !HASH.matcher(Check.present("hash", hash)).matches()) {
            throw noDigest();
        }
    }

    /**
     * Reads what {@link #toString} has written.
     *
     * @throws InvalidValueException if it is another text
     */
    public static AuditDigest parse(String text) {
        Matcher parts = TEXT.matcher(Check.present("digest", text));
        if (!parts.matches()) {
            throw noDigest();
        }
        return new AuditDigest(UUID.fromString(parts.group(1)), Long.parseLong(parts.group(2)), parts.group(3));
    }

    private static InvalidValueException noDigest() {
        return new InvalidValueException(
                "digest",
                "This is no digest of an audit log.",
                "Give what digest() or its toString has returned.",
                null);
    }

    /** One line for {@link #parse}: the organization, the number and the hash with colons between them. */
    @Override
    public String toString() {
        return organizationId + ":" + number + ":" + hash;
    }
}
