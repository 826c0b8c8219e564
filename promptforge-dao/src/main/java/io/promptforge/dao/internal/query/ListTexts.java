package io.promptforge.dao.internal.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The rendered parts of a list in one schema: as many as the list has orders and criteria, and for criteria with inlined
 * constants, as many as there are sets of these constants. Thread-safe.
 */
final class ListTexts<T> {
    private final DSLContext dsl;
    private final Conditions conditions;
    private final RowReader<T> reader;
    private final String from;
    private final Fragment ofTenant;
    private final Map<List<Object>, Fragment> criteria = new ConcurrentHashMap<>();
    private final Map<SortOrder, OfOrder<T>> orders = new ConcurrentHashMap<>();

    ListTexts(DSLContext dsl, Table<?> table, Conditions conditions, RowReader<T> reader) {
        this.dsl = dsl;
        this.conditions = conditions;
        this.reader = reader;
        this.from = " from " + dsl.render(table) + " where ";
        this.ofTenant = conditions.ofTenant(dsl);
    }

    String selectCount() {
        return "select count(*)";
    }

    String explain() {
        return "explain (format json) select *";
    }

    Fragment select(SortOrder order) {
        return of(order).select;
    }

    String behindPosition(SortOrder order) {
        return of(order).behindPosition;
    }

    String orderBy(SortOrder order) {
        return of(order).orderBy;
    }

    /** Reads the rows of a page, which have the keys of the order too. */
    RowReader<T> reader(SortOrder order) {
        return of(order).reader;
    }

    /** FROM and WHERE, without the position of a page. */
    ListText rows(@Nullable UUID tenant, Criteria asked, @Nullable SortOrder order) {
        ListText text = new ListText().append(from).append(ofTenant.text());
        ofTenant.parameters().forEach(parameter -> text.values().add(tenant));
        asked.values().forEach((criterion, value) -> {
            Fragment fragment = fragment(criterion, value);
            text.append(" and (").append(fragment.text()).append(")");
            conditions.bind(fragment, tenant, criterion, value, text.values());
        });
        return order == null ? text : text.append(of(order).restriction);
    }

    private Fragment fragment(Criterion<?> criterion, Object value) {
        List<Object> key = conditions.key(criterion, value);
        Fragment known = criteria.get(key);
        return known != null
                ? known
                : criteria.computeIfAbsent(key, missing -> conditions.fragment(dsl, criterion, value));
    }

    private OfOrder<T> of(SortOrder order) {
        OfOrder<T> known = orders.get(order);
        return known != null ? known : orders.computeIfAbsent(order, missing -> new OfOrder<>(dsl, reader, missing));
    }

    /** The parts that depend on the order. */
    private static final class OfOrder<T> {
        private final RowReader<T> reader;
        private final Fragment select;
        private final String restriction;
        private final String behindPosition;
        private final String orderBy;

        OfOrder(DSLContext dsl, RowReader<T> reader, SortOrder order) {
            List<Field<?>> further = new ArrayList<>(order.keys());
            further.removeAll(reader.fields());
            this.reader = reader.and(further);
            this.select = Fragment.of(dsl, DSL.sql("select {0}", DSL.list(this.reader.fields())));
            this.restriction = order.restriction()
                    .map(condition -> " and (" + dsl.render(condition) + ")")
                    .orElse("");
            this.behindPosition =
                    " and " + Fragment.of(dsl, order.behindPosition()).text();
            this.orderBy =
                    " order by " + order.orderBy().stream().map(dsl::render).collect(Collectors.joining(", "));
        }
    }
}
