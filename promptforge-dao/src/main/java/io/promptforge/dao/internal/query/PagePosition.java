package io.promptforge.dao.internal.query;

import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.page.Count;
import io.promptforge.dao.page.Counting;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * The page of a statement that is more than a list, such as a comparison with its totals: where it begins, and how its rows become
 * a page. A list is read by {@link ListQuery}.
 */
public final class PagePosition {
    private final Cursor cursor;
    private final PageRequest request;
    private final Condition condition;

    private PagePosition(Cursor cursor, PageRequest request, Condition condition) {
        this.cursor = cursor;
        this.request = request;
        this.condition = condition;
    }

    /**
     * The position of the requested page.
     *
     * @param list the name, the tenant and the filter of the list; a cursor of another list is refused
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    public static PagePosition of(List<?> list, SortOrder order, PageRequest request) {
        Check.present("page", request);
        Cursor cursor = new Cursor(list.toString(), order);
        return new PagePosition(
                cursor,
                request,
                request.cursor()
                        .map(cursor::position)
                        .map(position -> behind(order, position))
                        .orElse(noCondition()));
    }

    private static Condition behind(SortOrder order, List<Object> position) {
        var last = row(position.stream().map(DSL::val).toList());
        return order.isDescending()
                ? row(order.keys()).lt(last)
                : row(order.keys()).gt(last);
    }

    /** The condition on the rows of this page and all behind it. */
    public Condition condition() {
        return condition;
    }

    /** The number of rows to read: those of the page and one that tells whether a further page follows. */
    public int limit() {
        return request.size() + 1;
    }

    /**
     * The page.
     *
     * @param rows at most {@link #limit()}, in their order
     * @param keys the values of a row's sort keys
     * @param items the number of items of the whole list; part of the page if the request asks for any count
     */
    public <T> Page<T> page(List<T> rows, Function<T, List<Object>> keys, long items) {
        boolean more = rows.size() > request.size();
        List<T> shown = more ? rows.subList(0, request.size()) : rows;
        return new Page<>(
                shown,
                more ? Optional.of(cursor.after(keys.apply(shown.get(shown.size() - 1)))) : Optional.empty(),
                request.counting() == Counting.NONE ? Optional.empty() : Optional.of(new Count(items, true)));
    }
}
