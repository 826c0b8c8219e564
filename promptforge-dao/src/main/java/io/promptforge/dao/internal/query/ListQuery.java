package io.promptforge.dao.internal.query;

import io.promptforge.dao.internal.session.TenantSession;
import static org.jooq.impl.DSL.inline;

import io.promptforge.dao.page.Count;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.SelectConditionStep;
import org.jooq.Table;

/**
 * The query of a list that is read so often, and answered so fast, that rendering it for each page would be felt: its text
 * is kept for each shape of it. Thread-safe.
 */
public final class ListQuery {
    /** More shapes than an application has; whatever comes beyond them is rendered each time. */
    private static final int MOST_TEXTS = 1_000;

    private final Table<?> table;
    private final Selection selection;
    private final Field<?> columns;
    private final Map<List<?>, String> texts = new ConcurrentHashMap<>();

    /**
     * A list.
     *
     * @param table whose rows are listed
     * @param selection what is selected of them, all of this table; has the keys of all orders
     */
    public ListQuery(Table<?> table, Selection selection) {
        this.table = table;
        this.selection = selection;
        this.columns = selection.asText();
    }

    /**
     * Reads a page.
     *
     * @param condition which rows
     * @param shape says how the condition is rendered: the same for two conditions that differ in what they bind only
     */
    public <T> Page<T> fetch(
            TenantSession session,
            Condition condition,
            List<?> shape,
            Keyset keyset,
            PageRequest request,
            Function<ResultRow, T> mapper) {
        return session.run(dsl -> {
            List<Param<?>> position = keyset.position(request);
            Optional<Count> count = Keyset.count(dsl, rows(dsl, condition), request);
            List<?> form = List.of(
                    session.session().schema(),
                    shape,
                    keyset.shape(),
                    request.cursor().isPresent(),
                    request.size());
            String text = text(form, () -> rows(dsl, condition.and(keyset.behindWithOnePlan(position)))
                    .orderBy(keyset.order())
                    .limit(inline(request.size() + 1))
                    .getSQL());
            JdbcQuery query = new JdbcQuery(text, JdbcQuery.arguments(dsl, condition, position));
            return page(dsl, query, keyset, request, count, mapper);
        });
    }

    private SelectConditionStep<?> rows(DSLContext dsl, Condition condition) {
        return dsl.select(columns).from(table).where(condition);
    }

    private String text(List<?> form, Supplier<String> rendering) {
        String known = texts.get(form);
        if (known != null) {
            return known;
        }
        String rendered = rendering.get();
        if (texts.size() < MOST_TEXTS) {
            texts.put(form, rendered);
        }
        return rendered;
    }

    private <T> Page<T> page(
            DSLContext dsl,
            JdbcQuery query,
            Keyset keyset,
            PageRequest request,
            Optional<Count> count,
            Function<ResultRow, T> mapper) {
        List<T> items = new ArrayList<>(request.size());
        List<Object> last = new ArrayList<>();
        AtomicBoolean more = new AtomicBoolean();
        query.forEach(dsl, selection, row -> {
            more.set(items.size() == request.size());
            if (!more.get()) {
                items.add(mapper.apply(row));
                if (items.size() == request.size()) {
                    keyset.keys().forEach(key -> last.add(row.get(key)));
                }
            }
        });
        return new Page<>(items, more.get() ? Optional.of(keyset.cursor(last)) : Optional.empty(), count);
    }
}
