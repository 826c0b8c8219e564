package io.promptforge.schema.distribution;

import java.util.Optional;

/**
 * A table of the schema, as the catalogue has it.
 *
 * @param name without the schema, quoted where needed
 * @param column the column to distribute it by; empty if it has none
 */
record TenantTable(String name, Optional<String> column, boolean distributed, long rows, long bytes) {
    /** The one table that is distributed by its own id, which every other table has as organization_id. */
    static final String ROOT = "organizations";

    boolean pending() {
        return column.isPresent() && !distributed;
    }
}
