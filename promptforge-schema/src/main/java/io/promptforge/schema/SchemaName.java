package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import java.util.regex.Pattern;

/** Checks names of schemas: they need no quotes, and are reserved neither by PostgreSQL nor for the host. */
final class SchemaName {

    static final String DEFAULT = "promptforge";

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private SchemaName() {}

    static String checked(String name) {
        if (plain(name).equals("information_schema")) {
            throw notAllowed(name);
        }
        if (name.equals("public")) {
            throw new MigrationException(
                    Reason.INVALID_ARGUMENT,
                    name,
                    null,
                    "the schema is shared, and the host's own migrations keep their history in it",
                    "Use a separate schema, such as " + DEFAULT);
        }
        return name;
    }

    /** The name of a schema or role that needs no quotes and is not reserved by PostgreSQL. */
    static String plain(String name) {
        if (!PLAIN.matcher(name).matches() || name.startsWith("pg_")) {
            throw notAllowed(name);
        }
        return name;
    }

    private static MigrationException notAllowed(String name) {
        return new MigrationException(
                Reason.INVALID_ARGUMENT,
                name,
                null,
                "the name is not allowed",
                "Use 1 to 63 lower-case letters, digits and underscores, not beginning with a digit or pg_");
    }
}
