package io.promptforge.schema.internal;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys that are unique over the platform, on a schema that is distributed by Citus: it cannot have them, so there is an index of the same
 * name that is not unique, and its comment keeps the statement that makes the key.
 */
public final class DemotedKeys {

    /** How the comments begin. */
    public static final String COMMENT = "Unique until the table was distributed: ";

    private static final String OF_INDEX = Catalogue.COMMENT + "on index ";

    private static final Pattern CONSTRAINT =
            Pattern.compile("ALTER TABLE (?<table>\\S+) ADD CONSTRAINT (?<name>\\S+) (?<definition>.*)");

    private DemotedKeys() {}

    /** Describes the keys as they are on one server, so that a distributed schema compares equal to what the scripts make. */
    static void restoreIn(SortedMap<String, String> objects) {
        List<String> comments = objects.entrySet().stream()
                .filter(object -> object.getKey().startsWith(OF_INDEX)
                        && object.getValue().startsWith(COMMENT))
                .map(object -> object.getKey())
                .toList();
        for (String comment : comments) {
            String statement = String.valueOf(objects.remove(comment)).substring(COMMENT.length());
            objects.computeIfPresent(
                    "index " + comment.substring(OF_INDEX.length()),
                    (index, definition) -> definition.replaceFirst("^CREATE INDEX", "CREATE UNIQUE INDEX"));
            constraint(statement)
                    .ifPresent(key -> objects.put(
                            "constraint " + key.group("name") + " of " + key.group("table"), key.group("definition")));
        }
    }

    /** Returns the definition of the constraint that this comment of an index keeps; empty for a key that was an index. */
    public static Optional<String> definition(String comment) {
        return constraint(comment.substring(COMMENT.length())).map(key -> key.group("definition"));
    }

    private static Optional<Matcher> constraint(String statement) {
        Matcher constraint = CONSTRAINT.matcher(statement);
        return constraint.matches() ? Optional.of(constraint) : Optional.empty();
    }
}
