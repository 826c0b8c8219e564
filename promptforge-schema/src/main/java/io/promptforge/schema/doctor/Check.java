package io.promptforge.schema.doctor;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A part of the examination. It changes nothing: its transaction is rolled back. */
interface Check {
    /**
     * Returns what is wrong.
     *
     * @param schema the name of the schema
     */
    List<Finding> examine(Connection connection, String schema) throws SQLException;
}
