package io.promptforge.schema;

import io.promptforge.schema.internal.Catalogue;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** The definition of a schema from PostgreSQL's catalogue, as sorted lines of text, to compare. */
final class CatalogueSnapshot {

    private CatalogueSnapshot() {}

    /** Every object of the schema with its definition and comment, partitions included. */
    static List<String> snapshot(DataSource database, String schema) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            return Catalogue.read(connection, schema, true).entrySet().stream()
                    .map(object -> object.getKey() + ": " + object.getValue())
                    .toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
