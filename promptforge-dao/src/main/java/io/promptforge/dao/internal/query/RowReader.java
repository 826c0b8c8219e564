package io.promptforge.dao.internal.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.ResultQuery;

/**
 * Reads rows of certain fields as values of the domain: the one place per type where rows become records. Serves queries of
 * jOOQ, statements with RETURNING and {@link ListQuery} alike. Thread-safe.
 *
 * @param <T> what a row becomes
 */
public final class RowReader<T> {
    private final Selection selection;
    private final Function<ResultRow, T> mapping;

    private RowReader(Selection selection, Function<ResultRow, T> mapping) {
        this.selection = selection;
        this.mapping = mapping;
    }

    /**
     * Reads rows of these fields.
     *
     * @param mapping takes the values of a row in the order of the fields
     */
    public static <T> RowReader<T> of(Selection selection, Function<ResultRow, T> mapping) {
        return new RowReader<>(selection, mapping);
    }

    /** The fields that a query must select, in this order. */
    public List<Field<?>> fields() {
        return selection.fields();
    }

    /** Reads these fields and then further ones, which the mapping ignores. */
    RowReader<T> and(List<Field<?>> others) {
        return new RowReader<>(selection.and(others), mapping);
    }

    /** Maps a row. */
    public T read(ResultRow row) {
        return mapping.apply(row);
    }

    /** Runs a query that selects or returns {@link #fields()}, and maps all its rows. */
    public List<T> fetch(ResultQuery<?> query) {
        List<T> values = new ArrayList<>();
        forEach(query, row -> values.add(mapping.apply(row)));
        return values;
    }

    /** Goes through the rows of a query. A row is valid until the next one. */
    void forEach(ResultQuery<?> query, Consumer<ResultRow> consumer) {
        selection.forEach(query, consumer);
    }

    /** Runs a query that finds at most one row. */
    public Optional<T> fetchOptional(ResultQuery<?> query) {
        return fetch(query).stream().findFirst();
    }

    /** Runs a query that finds one row. */
    public T fetchSingle(ResultQuery<?> query) {
        return fetchOptional(query).orElseThrow(() -> new IllegalStateException("the statement gave no row"));
    }

    /** Goes through the rows of a statement. A row is valid until the next one. */
    void forEach(Connection connection, BoundText statement, Consumer<ResultRow> consumer) throws SQLException {
        try (PreparedStatement prepared = statement.prepare(connection);
                ResultSet rows = prepared.executeQuery()) {
            selection.forEach(rows, consumer);
        }
    }
}
