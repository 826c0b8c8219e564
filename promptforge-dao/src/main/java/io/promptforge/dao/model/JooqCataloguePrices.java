package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.MODEL_PRICES;
import static org.jooq.impl.DSL.currentInstant;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.dao.model.naming.StoredPriceLists;
import io.promptforge.schema.jooq.tables.records.ModelPricesRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Field;

/**
 * Sets the prices of a catalogue from the day of its edition on, where no prices hold then that the organization set. The first prices
 * of a model hold for all time before, since a call of last week is better priced by today's list than by none.
 */
final class JooqCataloguePrices {
    private static final List<Field<?>> COLUMNS = List.of(
            MODEL_PRICES.ORGANIZATION_ID,
            MODEL_PRICES.ID,
            MODEL_PRICES.MODEL_ID,
            MODEL_PRICES.VALID_FROM,
            MODEL_PRICES.RATES,
            MODEL_PRICES.SOURCE,
            MODEL_PRICES.OF_CATALOGUE);

    private final TenantSession tx;
    private final String source;
    private final Instant day;
    private final RowArrays<ModelPricesRecord> added = new RowArrays<>(MODEL_PRICES, COLUMNS);
    private final List<UUID> replaced = new ArrayList<>();

    JooqCataloguePrices(TenantSession tx, LocalDate edition) {
        this.tx = tx;
        // sorts by the day
        this.source = "catalogue " + edition;
        this.day = begin(edition);
    }

    /** Sets the prices of new models and of present ones, by their ids; the batch notes which change and which stay. */
    void install(Map<UUID, CatalogueModel> missing, Map<UUID, CatalogueModel> present, CatalogueBatch<?> batch) {
        missing.forEach(this::addAll);
        Map<UUID, List<PriceList>> stored =
                present.isEmpty() ? Map.of() : lists(present.keySet().toArray(UUID[]::new));
        present.forEach((id, model) -> {
            List<PriceList> lists = stored.getOrDefault(id, List.of());
            if (lists.isEmpty()) {
                if (addAll(id, model)) {
                    batch.noteUpdate(id);
                }
            } else {
                merge(id, model, lists, batch);
            }
        });
        if (!replaced.isEmpty()) {
            tx.run(dsl -> dsl.update(MODEL_PRICES)
                    .set(MODEL_PRICES.REPLACED_AT, currentInstant())
                    .where(MODEL_PRICES.ORGANIZATION_ID.eq(tx.organizationId()))
                    .and(MODEL_PRICES.ID.in(RowsById.each(replaced.toArray(UUID[]::new))))
                    .execute());
        }
        if (!added.isEmpty()) {
            tx.run(dsl -> added.insert(dsl).onConflictDoNothing().execute());
        }
    }

    private Map<UUID, List<PriceList>> lists(UUID[] models) {
        return tx
                .run(dsl -> StoredPriceLists.READER.fetch(dsl.select(StoredPriceLists.READER.fields())
                        .from(MODEL_PRICES)
                        .where(MODEL_PRICES.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(MODEL_PRICES.MODEL_ID.in(RowsById.each(models)))
                        .and(MODEL_PRICES.REPLACED_AT.isNull())
                        .orderBy(MODEL_PRICES.VALID_FROM)))
                .stream()
                .collect(Collectors.groupingBy(PriceList::modelId));
    }

    /** Adds the whole history of a model that has no prices yet; returns whether there is one. */
    private boolean addAll(UUID model, CatalogueModel says) {
        NavigableMap<Instant, ModelPrices> all = new TreeMap<>();
        all.put(NewPriceList.ALWAYS, says.prices());
        says.laterPrices().forEach((from, prices) -> all.put(begin(from), prices));
        return add(model, all, new TreeMap<>());
    }

    /**
     * Sets what holds from the day of the edition on. Lists for that day or later make way that it, or an earlier edition, has set and
     * that it does not have any more; lists of the organization stay, and nothing is set while they hold.
     */
    private void merge(UUID model, CatalogueModel says, List<PriceList> stored, CatalogueBatch<?> batch) {
        NavigableMap<Instant, ModelPrices> from = fromEdition(says);
        NavigableMap<Instant, Held> timeline = new TreeMap<>();
        for (PriceList list : stored) {
            boolean makesWay = list.ofCatalogue()
                    && list.source()
                            .filter(other -> other.compareTo(source) <= 0)
                            .isPresent()
                    && !list.validFrom().isBefore(day)
                    && !list.prices().equals(from.get(list.validFrom()));
            if (makesWay) {
                replaced.add(list.id());
                batch.noteUpdate(model);
            } else {
                timeline.put(list.validFrom(), new Held(list.prices(), list.ofCatalogue()));
            }
        }
        if (add(model, from, timeline)) {
            batch.noteUpdate(model);
        }
        if (isEdited(from, timeline)) {
            batch.noteKept(model);
        }
    }

    /** The prices that hold on the day of the edition, and later ones. */
    private NavigableMap<Instant, ModelPrices> fromEdition(CatalogueModel says) {
        NavigableMap<Instant, ModelPrices> from = new TreeMap<>();
        from.put(day, says.prices());
        says.laterPrices().forEach((date, prices) -> {
            Instant begin = begin(date);
            from.put(begin.isBefore(day) ? day : begin, prices);
        });
        return from;
    }

    /** Adds those prices that do not hold already, while no list of the organization does; returns whether there are any. */
    private boolean add(UUID model, NavigableMap<Instant, ModelPrices> from, NavigableMap<Instant, Held> timeline) {
        boolean any = false;
        for (Map.Entry<Instant, ModelPrices> each : from.entrySet()) {
            Map.Entry<Instant, Held> holding = timeline.floorEntry(each.getKey());
            Held before = holding == null ? Held.NOTHING : holding.getValue();
            if (before.ofCatalogue() && !before.prices().equals(each.getValue())) {
                boolean isFirst = holding == null && !each.getKey().isAfter(day);
                Instant begin = isFirst ? NewPriceList.ALWAYS : each.getKey();
                timeline.put(begin, new Held(each.getValue(), true));
                added.add(List.of(
                        tx.organizationId(),
                        Ids.next(),
                        model,
                        begin,
                        Columns.jsonb(each.getValue().toJson()),
                        source,
                        true));
                any = true;
            }
        }
        return any;
    }

    /** Whether a list of the organization holds on the day of the edition or later, with other prices than those of the catalogue. */
    private boolean isEdited(NavigableMap<Instant, ModelPrices> from, NavigableMap<Instant, Held> timeline) {
        return timeline.entrySet().stream().anyMatch(each -> {
            Instant end = timeline.higherKey(each.getKey());
            Instant begin = each.getKey().isBefore(day) ? day : each.getKey();
            return !each.getValue().ofCatalogue()
                    && (end == null || end.isAfter(begin))
                    && !each.getValue().prices().equals(from.floorEntry(begin).getValue());
        });
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /**
     * Prices that hold from a moment on.
     *
     * @param ofCatalogue whether the organization did not set them
     */
    private record Held(ModelPrices prices, boolean ofCatalogue) {
        static final Held NOTHING = new Held(ModelPrices.unknown(), true);
    }
}
