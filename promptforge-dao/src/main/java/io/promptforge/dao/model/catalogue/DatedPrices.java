package io.promptforge.dao.model.catalogue;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The prices of a model of genai-prices that begin on days. The last ones of the list that have begun hold; before all of them, the first.
 */
final class DatedPrices {
    private static final String BEGIN = "start_date";

    private final List<Dated> list = new ArrayList<>();

    private DatedPrices() {}

    static DatedPrices of(Entry entry, List<?> prices) {
        DatedPrices dated = new DatedPrices();
        for (Object each : prices) {
            Map<?, ?> members = GenaiPricesReader.members(each);
            Map<?, ?> constraint = GenaiPricesReader.members(members.get("constraint"));
            try {
                boolean isDay = constraint.keySet().equals(Set.of(BEGIN));
                if (isDay || constraint.isEmpty()) {
                    LocalDate day = isDay ? LocalDate.parse(String.valueOf(constraint.get(BEGIN))) : LocalDate.MIN;
                    dated.list.add(new Dated(day, GenaiPricesReader.members(members.get("prices"))));
                } else {
                    entry.problem("constraint", "Prices that depend on the time of the day cannot be expressed.");
                }
            } catch (DateTimeException e) {
                entry.problem("constraint", "A start_date must be a day such as 2026-09-01.");
            }
        }
        return dated;
    }

    /** The days on which prices begin. */
    NavigableSet<LocalDate> days() {
        NavigableSet<LocalDate> days = new TreeSet<>();
        list.stream().map(Dated::from).filter(LocalDate.MIN::isBefore).forEach(days::add);
        return days;
    }

    /** The prices that hold on a day. */
    Map<?, ?> on(LocalDate day) {
        Map<?, ?> holding = list.isEmpty() ? Map.of() : list.get(0).prices();
        for (Dated each : list) {
            holding = each.from().isAfter(day) ? holding : each.prices();
        }
        return holding;
    }

    private record Dated(LocalDate from, Map<?, ?> prices) {}
}
