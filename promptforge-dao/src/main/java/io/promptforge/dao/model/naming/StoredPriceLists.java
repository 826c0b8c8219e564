package io.promptforge.dao.model.naming;

import static io.promptforge.schema.jooq.Tables.MODEL_PRICES;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.PriceList;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Reads price lists from the database. */
public final class StoredPriceLists {
    /** Maps rows to price lists. */
    public static final RowReader<PriceList> READER = RowReader.of(
            Selection.of(
                    MODEL_PRICES.ID,
                    MODEL_PRICES.MODEL_ID,
                    MODEL_PRICES.VALID_FROM,
                    MODEL_PRICES.RATES,
                    MODEL_PRICES.SOURCE,
                    MODEL_PRICES.OF_CATALOGUE,
                    MODEL_PRICES.REPLACED_AT,
                    MODEL_PRICES.CREATED_AT),
            StoredPriceLists::priceList);

    private StoredPriceLists() {}

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

    /** The list with this id, also if it has been replaced. */
    public static Optional<PriceList> find(TenantSession session, UUID id) {
        return session.run(dsl -> READER.fetchOptional(dsl.select(READER.fields())
                .from(MODEL_PRICES)
                .where(MODEL_PRICES.ORGANIZATION_ID.eq(session.organizationId()))
                .and(MODEL_PRICES.ID.eq(id))));
    }

    /** The list of a model that holds at a moment. */
    public static Optional<PriceList> at(TenantSession session, UUID modelId, Instant moment) {
        return session.run(dsl -> READER.fetchOptional(dsl.select(READER.fields())
                .from(MODEL_PRICES)
                .where(MODEL_PRICES.ORGANIZATION_ID.eq(session.organizationId()))
                .and(MODEL_PRICES.MODEL_ID.eq(modelId))
                .and(MODEL_PRICES.REPLACED_AT.isNull())
                .and(MODEL_PRICES.VALID_FROM.le(moment))
                .orderBy(MODEL_PRICES.VALID_FROM.desc())
                .limit(1)));
    }
}
