package io.promptforge.dao.internal.query;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.session.Session;
import io.promptforge.dao.internal.session.TenantSession;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** Reads many rows by their ids in one statement. */
public final class RowsById {
    /** As many as the greatest page has items. */
    public static final int MOST_IDS = 1_000;

    private RowsById() {}

    /**
     * Reads rows of a tenant by their ids.
     *
     * @param table or joined tables
     * @param organizationId the field that names the tenant
     * @param id the field that has the ids
     * @return the rows that are there, by their ids, in the order of the given ids
     * @throws InvalidValueException if the ids or one of them is null, or if there are more than {@link #MOST_IDS}
     */
    public static <T> Map<UUID, T> fetch(
            TenantSession session,
            Table<?> table,
            Field<UUID> organizationId,
            Field<UUID> id,
            Collection<UUID> ids,
            RowReader<T> reader) {
        return fetch(session.session(), table, organizationId.eq(session.organizationId()), id, ids, reader);
    }

    /** Reads rows above the tenants by their ids; otherwise like the method for the rows of a tenant. */
    public static <T> Map<UUID, T> fetch(
            Session session, Table<?> table, Field<UUID> id, Collection<UUID> ids, RowReader<T> reader) {
        return fetch(session, table, noCondition(), id, ids, reader);
    }

    private static <T> Map<UUID, T> fetch(
            Session session,
            Table<?> table,
            Condition tenant,
            Field<UUID> id,
            Collection<UUID> ids,
            RowReader<T> reader) {
        Set<UUID> wanted = checked(ids);
        if (wanted.isEmpty()) {
            return Map.of();
        }
        Map<UUID, T> found = new LinkedHashMap<>();
        RowReader<T> withId = reader.fields().contains(id) ? reader : reader.and(List.of(id));
        session.<Boolean>run(dsl -> {
            withId.forEach(
                    dsl.select(withId.fields()).from(table).where(tenant.and(id.in(each(wanted.toArray(UUID[]::new))))),
                    row -> found.put((UUID) row.get(id), reader.read(row)));
            return true;
        });
        Map<UUID, T> inOrder = new LinkedHashMap<>();
        wanted.stream().filter(found::containsKey).forEach(key -> inOrder.put(key, found.get(key)));
        return inOrder;
    }

    /**
     * The ids without repetition, in their order.
     *
     * @throws InvalidValueException if the ids or one of them is null, or if there are more than {@link #MOST_IDS}
     */
    public static Set<UUID> checked(Collection<UUID> ids) {
        List<UUID> given = Check.list("ids", ids);
        if (given.size() > MOST_IDS) {
            throw new InvalidValueException(
                    "ids", "There are " + given.size() + " ids.", "Read at most " + MOST_IDS + " at once.", null);
        }
        return new LinkedHashSet<>(given);
    }

    /**
     * The ids as rows. The driver sends an array as text, and in {@code = any(…)} PostgreSQL would read it again for each row
     * where it thinks a table too small for its index.
     */
    public static Select<Record1<UUID>> each(UUID[] ids) {
        return select(field("unnest({0})", SQLDataType.UUID, val(ids)));
    }
}
