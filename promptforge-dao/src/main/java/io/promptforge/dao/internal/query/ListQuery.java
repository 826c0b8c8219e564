package io.promptforge.dao.internal.query;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.session.Session;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Count;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list page by page: the next page begins behind the last row of this one, found through the index of the order, so that
 * every page costs the same and rows that come or go meanwhile shift nothing. One constant per list. Thread-safe.
 *
 * <p>jOOQ renders the parts of the statement once; a call joins those that it needs and runs them by JDBC, because rendering a
 * list anew takes longer than reading a page of it.
 *
 * @param <T> what a row becomes
 */
public final class ListQuery<T> {
    private final String name;
    private final Table<?> table;
    private final Conditions conditions;
    private final Function<Field<UUID>, RowReader<T>> reader;
    private final Map<String, ListTexts<T>> textsBySchema = new ConcurrentHashMap<>();

    /**
     * A list.
     *
     * @param name of the list; a cursor of another list is refused
     * @param table whose rows are listed, or several joined
     * @param conditions of its filter
     * @param reader of its rows
     */
    public ListQuery(String name, Table<?> table, Conditions conditions, RowReader<T> reader) {
        this(name, table, conditions, tenant -> reader);
    }

    /**
     * A list whose rows have fields of other tables.
     *
     * @param reader of its rows, made of the bound tenant, for the subqueries on these tables
     */
    public ListQuery(String name, Table<?> table, Conditions conditions, Function<Field<UUID>, RowReader<T>> reader) {
        this.name = name;
        this.table = table;
        this.conditions = conditions;
        this.reader = reader;
    }

    /** Reads a page of the tenant's rows that meet the criteria. */
    public Page<T> page(TenantSession session, Criteria criteria, SortOrder order, PageRequest page) {
        return page(session.session(), session.organizationId(), criteria, order, page);
    }

    /** Reads a page of rows above the tenants. */
    public Page<T> page(Session session, Criteria criteria, SortOrder order, PageRequest page) {
        return page(session, null, criteria, order, page);
    }

    private Page<T> page(
            Session session, @Nullable UUID tenant, Criteria criteria, SortOrder order, PageRequest request) {
        Check.present("page", request);
        ListTexts<T> texts = texts(session);
        Cursor cursor = new Cursor(name + tenant + criteria, order);
        ListText rows = texts.rows(tenant, criteria, order);
        ListText page = rows.copy();
        request.cursor()
                .map(cursor::position)
                .ifPresent(position -> page.append(texts.behindPosition(order), position));
        BoundText statement = page.append(texts.orderBy(order))
                .append(" fetch next " + (request.size() + 1) + " rows only")
                .bound(texts.select(order), tenant);
        return session.read(connection -> {
            Optional<Count> count = count(connection, texts, rows, request);
            return page(connection, statement, texts.reader(order), cursor, request, count);
        });
    }

    /** Counts the tenant's rows that meet the criteria. Reads them all. */
    public long count(TenantSession session, Criteria criteria) {
        return count(session.session(), session.organizationId(), criteria);
    }

    /** Counts the rows above the tenants that meet the criteria. Reads them all. */
    public long count(Session session, Criteria criteria) {
        return count(session, null, criteria);
    }

    private long count(Session session, @Nullable UUID tenant, Criteria criteria) {
        ListTexts<T> texts = texts(session);
        BoundText statement = texts.rows(tenant, criteria, null).bound(texts.selectCount());
        return session.read(connection -> number(connection, statement));
    }

    private ListTexts<T> texts(Session session) {
        ListTexts<T> known = textsBySchema.get(session.schema());
        return known != null
                ? known
                : textsBySchema.computeIfAbsent(
                        session.schema(),
                        schema -> new ListTexts<>(
                                session.renderer(), table, conditions, reader.apply(Conditions.tenant())));
    }

    private Page<T> page(
            Connection connection,
            BoundText statement,
            RowReader<T> rows,
            Cursor cursor,
            PageRequest request,
            Optional<Count> count)
            throws SQLException {
        PageRows<T> read = new PageRows<>(rows, cursor.order().keys(), request.size());
        rows.forEach(connection, statement, read);
        return new Page<>(read.items(), read.last().map(cursor::after), count);
    }

    private static Optional<Count> count(Connection connection, ListTexts<?> texts, ListText rows, PageRequest request)
            throws SQLException {
        return switch (request.counting()) {
            case NONE -> Optional.empty();
            case EXACT -> Optional.of(Count.exact(number(connection, rows.bound(texts.selectCount()))));
            case ESTIMATED -> Optional.of(Count.estimated(estimate(connection, rows.bound(texts.explain()))));
        };
    }

    private static long number(Connection connection, BoundText statement) throws SQLException {
        try (PreparedStatement prepared = statement.prepare(connection);
                ResultSet rows = prepared.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static long estimate(Connection connection, BoundText statement) throws SQLException {
        try (PreparedStatement prepared = statement.prepare(connection);
                ResultSet rows = prepared.executeQuery()) {
            rows.next();
            return PlanRows.of(rows.getString(1));
        }
    }
}
