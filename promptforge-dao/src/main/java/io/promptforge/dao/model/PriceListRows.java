package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.MODEL_PRICES;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.query.SortOrder;
import java.util.UUID;

/** Maps rows to price lists, and lists those of a model. */
final class PriceListRows {
    static final RowReader<PriceList> PRICE_LIST = RowReader.of(
            Selection.of(
                    MODEL_PRICES.ID,
                    MODEL_PRICES.MODEL_ID,
                    MODEL_PRICES.VALID_FROM,
                    MODEL_PRICES.RATES,
                    MODEL_PRICES.SOURCE,
                    MODEL_PRICES.OF_CATALOGUE,
                    MODEL_PRICES.REPLACED_AT,
                    MODEL_PRICES.CREATED_AT),
            PriceListRows::priceList);

    static final Criterion<UUID> MODEL_ID = new Criterion<>("model_id");

    static final SortOrder LATEST_FIRST = SortOrder.descending(MODEL_PRICES.VALID_FROM, MODEL_PRICES.ID);

    static final ListQuery<PriceList> LIST = new ListQuery<>(
            "model_prices",
            MODEL_PRICES,
            Conditions.ofTenant(MODEL_PRICES.ORGANIZATION_ID).equal(MODEL_ID, MODEL_PRICES.MODEL_ID),
            PRICE_LIST);

    private PriceListRows() {}

    private static PriceList priceList(ResultRow row) {
        return new PriceList(
                row.take(MODEL_PRICES.ID),
                row.take(MODEL_PRICES.MODEL_ID),
                row.take(MODEL_PRICES.VALID_FROM),
                ModelPrices.ofJson(row.takeJson(MODEL_PRICES.RATES)),
                row.takeOptional(MODEL_PRICES.SOURCE),
                row.take(MODEL_PRICES.OF_CATALOGUE),
                row.takeOptional(MODEL_PRICES.REPLACED_AT),
                row.take(MODEL_PRICES.CREATED_AT));
    }
}
