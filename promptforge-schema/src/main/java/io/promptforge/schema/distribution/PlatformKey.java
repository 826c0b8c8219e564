package io.promptforge.schema.distribution;

import io.promptforge.schema.internal.DemotedKeys;
import java.util.List;

/**
 * A key without the tenant's column. Citus cannot have it, so the table is distributed with an index of the same name that is not unique,
 * whose comment keeps the definition.
 *
 * @param table the table
 * @param name of the index, and of the constraint if it is one
 * @param definition the statement that makes it
 * @param index the statement that makes the index that is not unique
 */
record PlatformKey(String table, String name, boolean isConstraint, String definition, String index) {

    List<Step> demote() {
        String step = "Replacing " + name;
        return List.of(
                Step.of(
                        step,
                        isConstraint ? "ALTER TABLE " + table + " DROP CONSTRAINT " + name : "DROP INDEX " + name),
                Step.of(step, index),
                Step.of(
                        step,
                        "COMMENT ON INDEX " + name + " IS '" + (DemotedKeys.COMMENT + definition).replace("'", "''")
                                + "'"));
    }

    List<Step> restore() {
        String step = "Restoring " + name;
        return List.of(Step.of(step, "DROP INDEX " + name), Step.of(step, definition));
    }
}
