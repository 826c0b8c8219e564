package io.promptforge.dao.internal.query;

import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;

/**
 * How a list is sorted: a constant for each order of a list, since the SQL that is rendered for an order is kept. Immutable;
 * equal to itself only.
 */
public final class SortOrder {
    private final List<Field<?>> keys;
    private final boolean descending;
    private final Optional<Condition> restriction;
    private final String fingerprint;

    private SortOrder(List<Field<?>> keys, boolean descending, Optional<Condition> restriction) {
        this.keys = keys;
        this.descending = descending;
        this.restriction = restriction;
        this.fingerprint = keys.stream().map(Field::getName).toList() + String.valueOf(descending);
    }

    /**
     * Sorts the smallest keys first.
     *
     * @param keys in the order of an index; never null in a listed row, and together unique
     */
    public static SortOrder ascending(Field<?>... keys) {
        return new SortOrder(List.of(keys), false, Optional.empty());
    }

    /**
     * Sorts the greatest keys first.
     *
     * @param keys in the order of an index; never null in a listed row, and together unique
     */
    public static SortOrder descending(Field<?>... keys) {
        return new SortOrder(List.of(keys), true, Optional.empty());
    }

    /** Leaves out the rows that don't meet a condition without parameters, such as those that lack a key. */
    public SortOrder where(Condition condition) {
        return new SortOrder(keys, descending, Optional.of(condition));
    }

    List<Field<?>> keys() {
        return keys;
    }

    boolean isDescending() {
        return descending;
    }

    Optional<Condition> restriction() {
        return restriction;
    }

    List<OrderField<?>> orderBy() {
        return keys.stream()
                .<OrderField<?>>map(key -> descending ? key.desc() : key.asc())
                .toList();
    }

    /**
     * The rows behind a position. The position is a subquery, into which the planner does not look: with plain values a page
     * far behind seems worth a plan of its own, made anew for each page, which takes longer than the page.
     */
    Condition behindPosition() {
        List<Field<?>> position = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            position.add(Fragment.parameter("key" + i, keys.get(i).getDataType()));
        }
        return descending ? row(keys).lt(select(position)) : row(keys).gt(select(position));
    }

    /** Identifies the order in a cursor, the same text in every JVM. */
    String fingerprint() {
        return fingerprint;
    }
}
