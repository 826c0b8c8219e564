package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import java.util.regex.Pattern;

/** Which names a schema may have: those that are the same with and without quotes, and that are nobody else's. */
final class SchemaName {

    static final String DEFAULT = "promptforge";

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private SchemaName() {}

    static String checked(String name) {
        if (!PLAIN.matcher(name).matches() || name.startsWith("pg_") || name.equals("information_schema")) {
            throw new MigrationException(
                    Reason.INVALID_ARGUMENT,
                    name,
                    null,
                    "this is not a possible name",
                    "Use 1 to 63 lower-case letters, digits and underscores, no digit first and no pg_ before it");
        }
        if (name.equals("public")) {
            throw new MigrationException(
                    Reason.INVALID_ARGUMENT,
                    name,
                    null,
                    "it is everybody's, and the host's own migrations keep their history in it",
                    "Use a schema of its own, such as " + DEFAULT);
        }
        return name;
    }
}
