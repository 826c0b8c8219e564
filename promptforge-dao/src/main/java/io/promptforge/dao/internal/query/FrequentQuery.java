package io.promptforge.dao.internal.query;

import io.promptforge.dao.internal.session.Session;
import io.promptforge.dao.internal.session.TenantSession;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Select;

/**
 * A query whose text jOOQ renders once, not each time: for queries so frequent and so fast that rendering takes a large part of
 * their time. Thread-safe.
 */
public final class FrequentQuery {
    private final Selection selection;
    private final Supplier<Select<?>> query;
    private final Map<String, String> textBySchema = new ConcurrentHashMap<>();

    /**
     * A query.
     *
     * @param selection what it selects
     * @param query makes it, with parameters of any value; each time with one text
     */
    public FrequentQuery(Selection selection, Supplier<Select<?>> query) {
        this.selection = selection;
        this.query = query;
    }

    /**
     * Passes each row to the consumer, which must not keep it.
     *
     * @param arguments the values of the parameters, in their order: UUIDs, texts and {@link BoundArray}s
     */
    public void forEach(TenantSession session, List<?> arguments, Consumer<ResultRow> consumer) {
        BoundText statement = new BoundText(text(session.session()), List.copyOf(arguments));
        session.session().<Boolean>read(connection -> {
            try (PreparedStatement prepared = statement.prepare(connection);
                    ResultSet rows = prepared.executeQuery()) {
                selection.forEach(rows, consumer);
            }
            return true;
        });
    }

    /** The row, of a query that finds one at most; the arguments as above. */
    public <T> Optional<T> fetchOptional(TenantSession session, List<?> arguments, Function<ResultRow, T> mapper) {
        List<T> rows = new ArrayList<>();
        forEach(session, arguments, row -> rows.add(mapper.apply(row)));
        return rows.stream().findFirst();
    }

    private String text(Session session) {
        String known = textBySchema.get(session.schema());
        return known != null
                ? known
                : textBySchema.computeIfAbsent(
                        session.schema(), schema -> session.renderer().render(query.get()));
    }
}
