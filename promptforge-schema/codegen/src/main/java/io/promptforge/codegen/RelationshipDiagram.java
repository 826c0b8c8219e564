package io.promptforge.codegen;

import io.promptforge.codegen.TableDescription.ForeignKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The tables and their foreign keys as a Mermaid entity-relationship diagram. Every table refers to organizations; the diagram
 * shows that only for tables that do not belong to another table as well.
 */
final class RelationshipDiagram {
    private static final String TENANTS = "organizations";

    private RelationshipDiagram() {}

    static String of(List<TableDescription> tables) {
        List<String> lines = new ArrayList<>();
        lines.add("erDiagram");
        for (TableDescription table : tables) {
            for (ForeignKey reference : table.references()) {
                if (!reference.target().equals(TENANTS) || !belongsToAnother(table)) {
                    lines.add("    %s %s--%s %s : %s"
                            .formatted(
                                    reference.target(),
                                    isOptional(table, reference) ? "|o" : "||",
                                    isUnique(table, reference) ? "o|" : "o{",
                                    table.name(),
                                    label(table, reference)));
                }
            }
        }
        return String.join("\n", lines);
    }

    private static boolean belongsToAnother(TableDescription table) {
        return table.references().stream()
                .anyMatch(
                        reference -> reference.cascades() && !reference.target().equals(TENANTS));
    }

    private static boolean isOptional(TableDescription table, ForeignKey reference) {
        return reference.columns().stream().anyMatch(table::isNullable);
    }

    /** Whether at most one row refers to a row of the target: when the columns include a key. */
    private static boolean isUnique(TableDescription table, ForeignKey reference) {
        return table.keys().stream()
                .anyMatch(key -> !key.partial() && new HashSet<>(reference.columns()).containsAll(key.columns()));
    }

    /** The column in the name of the constraint: {@code created_by} of {@code prompts_created_by_fkey}. */
    private static String label(TableDescription table, ForeignKey reference) {
        return reference.name().substring(table.name().length() + 1).replaceFirst("_fkey$", "");
    }
}
