package io.promptforge.dao.internal.query;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.QueryPart;
import org.jspecify.annotations.Nullable;

/**
 * A query as JDBC runs it: jOOQ's own way of running one takes a good part of the time of a query that is answered at once.
 *
 * @param text with question marks for its parameters
 * @param arguments the values of the parameters, in their order; no arrays
 */
record JdbcQuery(String text, List<?> arguments) {
    /** What jOOQ would bind, as JDBC takes it. */
    static List<?> arguments(DSLContext dsl, QueryPart part) {
        return dsl.extractParams(part).values().stream()
                .filter(parameter -> !parameter.isInline())
                .map(JdbcQuery::argument)
                .toList();
    }

    /** The same with parameters that follow; jOOQ need not render for them what it would find them in. */
    static List<?> arguments(DSLContext dsl, QueryPart part, List<Param<?>> following) {
        return Stream.concat(arguments(dsl, part).stream(), following.stream().map(JdbcQuery::argument))
                .toList();
    }

    /** Goes through the rows. What is given for a row is good until the next one. */
    void forEach(DSLContext dsl, Selection selection, Consumer<ResultRow> consumer) {
        dsl.connection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                for (int i = 0; i < arguments.size(); i++) {
                    statement.setObject(i + 1, arguments.get(i));
                }
                try (ResultSet rows = statement.executeQuery()) {
                    selection.forEach(rows, consumer);
                }
            }
        });
    }

    private static <T> @Nullable Object argument(Param<T> parameter) {
        Object stored = parameter.getConverter().to(parameter.getValue());
        return stored instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : stored;
    }
}
