package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.MODEL_PRICES;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.selectOne;

import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.ListInsert;
import io.promptforge.dao.model.naming.StoredPriceLists;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;

/** Lists and writes price lists. That no two of a model hold at once is the work of a unique index. */
final class JooqPriceLists {
    private static final String WHAT = "price list";

    private static final Criterion<UUID> MODEL_ID = new Criterion<>("model_id");
    private static final SortOrder LATEST_FIRST = SortOrder.descending(MODEL_PRICES.VALID_FROM, MODEL_PRICES.ID);
    private static final ListQuery<PriceList> LIST = new ListQuery<>(
            "model_prices",
            MODEL_PRICES,
            Conditions.ofTenant(MODEL_PRICES.ORGANIZATION_ID).equal(MODEL_ID, MODEL_PRICES.MODEL_ID),
            StoredPriceLists.READER);

    static final ListInsert<?, PriceList> LIST_INSERT =
            new ListInsert<>(MODEL_PRICES, StoredPriceLists.READER, PriceList::id);

    private JooqPriceLists() {}

    static Page<PriceList> page(TenantSession session, UUID modelId, PageRequest page) {
        return LIST.page(session, Criteria.none().with(MODEL_ID, modelId), LATEST_FIRST, page);
    }

    static PriceList set(TenantSession session, UUID modelId, NewPriceList prices) {
        return session.transaction(tx -> {
            prices.replaced().ifPresent(list -> replace(tx, modelId, list));
            return insert(tx, modelId, prices);
        });
    }

    static List<PriceList> set(TenantSession session, UUID modelId, List<NewPriceList> prices) {
        return ListInsert.store(session, "prices", prices, (tx, some) -> {
            some.forEach(list -> list.replaced().ifPresent(old -> replace(tx, modelId, old)));
            return LIST_INSERT.insert(
                    tx, some.stream().map(list -> row(modelId, list)).toList());
        });
    }

    /** Of two that replace one list at once, the second waits for the first and then finds the list replaced. */
    private static void replace(TenantSession tx, UUID modelId, UUID id) {
        Condition list = MODEL_PRICES
                .ORGANIZATION_ID
                .eq(tx.organizationId())
                .and(MODEL_PRICES.ID.eq(id))
                .and(MODEL_PRICES.MODEL_ID.eq(modelId));
        int replaced = tx.run(dsl -> dsl.update(MODEL_PRICES)
                .set(MODEL_PRICES.REPLACED_AT, currentInstant())
                .where(list.and(MODEL_PRICES.REPLACED_AT.isNull()))
                .execute());
        if (replaced == 0) {
            boolean there =
                    tx.run(dsl -> dsl.fetchExists(selectOne().from(MODEL_PRICES).where(list)));
            throw there
                    ? new ConflictException(
                            WHAT,
                            id,
                            "The price list " + id + " was replaced already; read the lists again and decide.")
                    : new NotFoundException(WHAT, id);
        }
    }

    /** The row of a list of a model. */
    static ColumnValues row(UUID modelId, NewPriceList prices) {
        return prices.values().with("id", Ids.next()).with("model_id", modelId);
    }

    /** Adds a list to a model. */
    static PriceList insert(TenantSession tx, UUID modelId, NewPriceList prices) {
        return tx.run(dsl -> StoredPriceLists.READER.fetchSingle(dsl.insertInto(MODEL_PRICES)
                .set(MODEL_PRICES.ORGANIZATION_ID, tx.organizationId())
                .set(MODEL_PRICES.ID, Ids.next())
                .set(MODEL_PRICES.MODEL_ID, modelId)
                .set(prices.values().of(MODEL_PRICES))
                .returning(StoredPriceLists.READER.fields())));
    }
}
