package io.promptforge.dao.internal.session;

import io.promptforge.schema.jooq.Promptforge;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Named;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the name of a constraint: {@code <table>_<field>_<rule>}.
 *
 * @param field the field that it protects; {@code "value"} for a constraint of another schema
 * @param rule the last word of the name, such as {@code length}
 * @param remedy a sentence that says what the field takes
 */
record Constraint(String field, String rule, String remedy) {
    private static final String ANY_REMEDY = "Give a value that the field takes.";

    private static final Map<String, String> COMPLAINTS = Map.ofEntries(
            Map.entry("length", "is blank or too long"),
            Map.entry("size", "is too large"),
            Map.entry("range", "is out of range"),
            Map.entry("format", "is not of the required form"),
            Map.entry("values", "is not one of the accepted words"),
            Map.entry("document", "is not a JSON document of the right kind, or too large"),
            Map.entry("order", "is before the time that it must follow"),
            Map.entry("status", "does not fit the status"),
            Map.entry("active", "requires that the row is active"),
            Map.entry("required", "is null, which it cannot be here"));

    static Constraint named(@Nullable String reported) {
        if (reported == null) {
            return new Constraint("value", "", ANY_REMEDY);
        }
        // Citus appends the number of the shard.
        String name = reported.replaceFirst("_\\d+$", "");
        String rule = name.substring(name.lastIndexOf('_') + 1);
        return longestPrefix(Promptforge.PROMPTFORGE.getTables(), name)
                .map(table -> of(table, name, rule))
                .orElse(new Constraint("value", rule, ANY_REMEDY));
    }

    private static Constraint of(Table<?> table, String name, String rule) {
        String field = rule.equals("pkey")
                ? "id"
                : field(table, name.substring(table.getName().length() + 1));
        return new Constraint(field, rule, ColumnRules.remedy(table, name, field));
    }

    String complaint(String otherwise) {
        return COMPLAINTS.getOrDefault(rule, "is refused: " + otherwise);
    }

    private static String field(Table<?> table, String rest) {
        return longestPrefix(List.of(table.fields()), rest)
                .map(Field::getName)
                .orElse(rest.contains("_") ? rest.substring(0, rest.lastIndexOf('_')) : rest);
    }

    private static <N extends Named> Optional<N> longestPrefix(List<N> candidates, String name) {
        return candidates.stream()
                .filter(candidate -> name.startsWith(candidate.getName() + "_"))
                .max(Comparator.comparingInt(candidate -> candidate.getName().length()));
    }
}
