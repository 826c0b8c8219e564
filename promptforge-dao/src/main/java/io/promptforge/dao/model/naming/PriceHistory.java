package io.promptforge.dao.model.naming;

import io.promptforge.dao.model.ModelPrices;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The price lists of a model that hold in their time.
 *
 * @param lists by their begin, the earliest first
 */
public record PriceHistory(List<Entry> lists) {
    /** Without any list. */
    public static final PriceHistory NONE = new PriceHistory(List.of());

    /** Copies the list. */
    public PriceHistory {
        lists = List.copyOf(lists);
    }

    /** The list that holds at this moment; null if none does. */
    public @Nullable Entry at(Instant moment) {
        Entry found = null;
        for (Entry list : lists) {
            if (list.validFrom().isAfter(moment)) {
                break;
            }
            found = list;
        }
        return found;
    }

    /** Whether both have the same prices at every moment. */
    boolean isLike(PriceHistory other) {
        return lists.size() == other.lists.size()
                && IntStream.range(0, lists.size()).allMatch(i -> lists.get(i).isLike(other.lists.get(i)));
    }

    /**
     * A price list.
     *
     * @param id its key
     * @param validFrom when it begins
     * @param prices its prices
     */
    public record Entry(UUID id, Instant validFrom, ModelPrices prices) {
        private boolean isLike(Entry other) {
            return validFrom.equals(other.validFrom) && prices.equals(other.prices);
        }
    }
}
