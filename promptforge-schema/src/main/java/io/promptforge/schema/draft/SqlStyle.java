package io.promptforge.schema.draft;

import io.promptforge.schema.draft.SchemaObject.Kind;
import io.promptforge.schema.internal.Catalogue;
import java.util.regex.Pattern;

/** Writes what PostgreSQL has rendered as a person writes it. Whether it still means the same is seen when it is tried. */
final class SqlStyle {

    private static final String LITERAL = "'(?:[^']|'')*'";

    private static final Pattern TEXT = Pattern.compile("(" + LITERAL + ")::text\\b(?!\\[)");

    private static final Pattern IN_LIST =
            Pattern.compile("= ANY \\(ARRAY\\[(" + LITERAL + "(?:, " + LITERAL + ")*)\\]\\)");

    private SqlStyle() {}

    static String of(Kind kind, String definition) {
        return switch (kind) {
            case COLUMN, DEFAULT, CONSTRAINT, INDEX -> plain(definition);
            case TRIGGER -> definition.replaceFirst(" (?=FOR EACH )", "\n    ");
            case FUNCTION -> Catalogue.withSortedSettings(definition);
            case VIEW -> definition.replaceFirst(";$", "");
            default -> definition;
        };
    }

    /** A text as an SQL literal, for standard_conforming_strings. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String plain(String definition) {
        String withoutCasts = TEXT.matcher(definition).replaceAll("$1");
        return IN_LIST.matcher(withoutCasts)
                .replaceAll("IN ($1)")
                .replace("timestamp with time zone", "timestamptz")
                .replace(" USING btree (", " (");
    }
}
