package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.internal.query.BoundText;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.session.Session;
import io.promptforge.dao.internal.session.Session.JdbcWork;
import io.promptforge.dao.internal.session.TenantSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** A statement over arrays of rows. Its text is made once for each schema, since it is long and runs often. Thread-safe. */
final class IngestStatement {
    private final String text;
    private final String distributedText;
    private final Map<String, String> textBySchema = new ConcurrentHashMap<>();
    private final Map<String, String> distributedBySchema = new ConcurrentHashMap<>();

    /**
     * A statement.
     *
     * @param text with {@code {schema}} for the schema in front of the names of tables, and {@code {fence}} at the end of a subquery
     *     that the planner is not to look into, unless the tables are distributed
     */
    IngestStatement(String text) {
        this(text, text);
    }

    /**
     * A statement that Citus takes in another form only, with the same parameters and result.
     *
     * @param text as above
     * @param distributedText the form for distributed tables
     */
    IngestStatement(String text, String distributedText) {
        this.text = text;
        this.distributedText = distributedText;
    }

    /** The statement with its arguments, as work on a connection; the consumer is called for each row of its result. */
    JdbcWork<Boolean> with(Session session, List<?> arguments, RowConsumer consumer) {
        return connection -> {
            BoundText bound = new BoundText(textFor(session, connection), List.copyOf(arguments));
            try (PreparedStatement statement = bound.prepare(connection)) {
                if (statement.execute()) {
                    try (ResultSet rows = statement.getResultSet()) {
                        consumer.accept(rows);
                    }
                }
            }
            return true;
        };
    }

    /** Runs a statement that selects these fields. */
    <T> List<T> fetch(TenantSession tx, List<?> arguments, Selection selection, Function<ResultRow, T> mapping) {
        List<T> values = new ArrayList<>();
        tx.session()
                .read(with(
                        tx.session(),
                        arguments,
                        rows -> selection.forEach(rows, row -> values.add(mapping.apply(row)))));
        return values;
    }

    private String textFor(Session session, Connection connection) throws SQLException {
        return session.isDistributed(connection)
                ? distributedBySchema.computeIfAbsent(session.schema(), schema -> in(schema, distributedText, ""))
                : textBySchema.computeIfAbsent(session.schema(), schema -> in(schema, text, " OFFSET 0"));
    }

    private static String in(String schema, String text, String fence) {
        return text.replace("{schema}", quoted(schema)).replace("{fence}", fence);
    }

    static String quoted(String schema) {
        return DSL.using(SQLDialect.POSTGRES).render(DSL.name(schema));
    }

    /** Takes the rows of a result. */
    interface RowConsumer {
        void accept(ResultSet rows) throws SQLException;
    }
}
