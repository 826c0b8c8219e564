package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.MODEL_PRICES;
import static org.jooq.impl.DSL.currentInstant;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.schema.jooq.tables.records.ModelPricesRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        this.source = "catalogue " + edition;
        this.day = edition.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Sets the prices of these models, by their ids; the batch notes which change and which stay. */
    void install(Map<UUID, CatalogueModel> models, CatalogueBatch<?> batch) {
        Map<UUID, List<PriceList>> present = lists(models.keySet().toArray(UUID[]::new));
        models.forEach((id, model) -> merge(id, model.prices(), present.getOrDefault(id, List.of()), batch));
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
                .run(dsl -> PriceListRows.PRICE_LIST.fetch(dsl.select(PriceListRows.PRICE_LIST.fields())
                        .from(MODEL_PRICES)
                        .where(MODEL_PRICES.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(MODEL_PRICES.MODEL_ID.in(RowsById.each(models)))
                        .and(MODEL_PRICES.REPLACED_AT.isNull())
                        .orderBy(MODEL_PRICES.VALID_FROM)))
                .stream()
                .collect(Collectors.groupingBy(PriceList::modelId));
    }

    private void merge(UUID model, ModelPrices says, List<PriceList> lists, CatalogueBatch<?> batch) {
        PriceList holding = null;
        for (PriceList list : lists) {
            holding = list.validFrom().isAfter(day) ? holding : list;
        }
        if (holding == null) {
            if (!says.isUnknown()) {
                add(model, NewPriceList.ALWAYS, says);
                batch.noteUpdate(model);
            }
        } else if (holding.ofCatalogue() && !holding.prices().equals(says)) {
            if (holding.validFrom().equals(day)) {
                replaced.add(holding.id());
            }
            add(model, day, says);
            batch.noteUpdate(model);
        }
        boolean edited = !lists.isEmpty()
                && !lists.get(lists.size() - 1).ofCatalogue()
                && !lists.get(lists.size() - 1).prices().equals(says);
        if (edited) {
            batch.noteKept(model);
        }
    }

    private void add(UUID model, Instant from, ModelPrices prices) {
        added.add(List.of(tx.organizationId(), Ids.next(), model, from, Columns.jsonb(prices.toJson()), source, true));
    }
}
