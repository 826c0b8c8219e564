package io.promptforge.dao.internal.query;

import io.promptforge.dao.internal.check.Check;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The orders of a list by their names. Immutable.
 *
 * @param <O> the names
 */
public final class SortOrders<O extends Enum<O>> {
    private final Map<O, SortOrder> orders;

    /** Orders for all constants of an enum. */
    public SortOrders(Class<O> names, Map<O, SortOrder> orders) {
        this.orders = new EnumMap<>(orders);
        for (O name : names.getEnumConstants()) {
            if (!orders.containsKey(name)) {
                throw new IllegalArgumentException("there is no order " + name);
            }
        }
    }

    /**
     * The order of this name.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the name is null
     */
    public SortOrder get(@Nullable O name) {
        return Objects.requireNonNull(orders.get(Check.present("order", name)));
    }
}
