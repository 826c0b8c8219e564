package io.promptforge.schema.backup;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A table and its stored columns. Those of {@code organization_id}, or for organizations {@code id}, come first.
 *
 * @param columns without generated ones
 */
record TableLayout(String name, List<String> columns) {
    private static final String ORGANIZATIONS = "organizations";
    private static final String ORGANIZATION_ID = "organization_id";

    TableLayout {
        columns = List.copyOf(columns);
    }

    /** Whether its rows belong to organizations, and begin with the id of theirs. */
    boolean isOfTenants() {
        return !columns.isEmpty() && columns.get(0).equals(name.equals(ORGANIZATIONS) ? "id" : ORGANIZATION_ID);
    }

    /** The statement that reads the rows, all of them or those of an organization. */
    String copyOut(Optional<UUID> organization) {
        String where = organization
                .map(id -> " WHERE " + columns.get(0) + " = '" + id + "'")
                .orElse("");
        return "COPY (SELECT " + list() + " FROM " + quoted(name) + where + ") TO STDOUT";
    }

    String copyIn() {
        return "COPY " + quoted(name) + " (" + list() + ") FROM STDIN";
    }

    private String list() {
        return String.join(", ", columns.stream().map(TableLayout::quoted).toList());
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
