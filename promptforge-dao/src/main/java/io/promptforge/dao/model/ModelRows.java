package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;
import static io.promptforge.schema.jooq.Tables.MODEL_PRICES;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;

/** Maps rows to models. */
final class ModelRows {
    /** What is left of a model to read, where it is read again for its prices. */
    static final RowReader<UUID> ID = RowReader.of(Selection.of(AI_MODELS.ID), row -> row.take(AI_MODELS.ID));

    private ModelRows() {}

    /** Reads models of this tenant with the rates that hold now. */
    static RowReader<AiModel> model(Field<UUID> tenant) {
        Field<JSONB> rates = rates(tenant);
        return RowReader.of(
                Selection.of(
                        AI_MODELS.ID,
                        AI_MODELS.PROVIDER_ID,
                        AI_MODELS.NAME,
                        AI_MODELS.PROVIDER_MODEL_ID,
                        AI_MODELS.ALIASES,
                        AI_MODELS.DESCRIPTION,
                        AI_MODELS.SUPPORTS_STREAMING,
                        AI_MODELS.SUPPORTS_FUNCTION_CALLING,
                        AI_MODELS.SUPPORTS_VISION,
                        AI_MODELS.CONTEXT_LENGTH,
                        rates,
                        AI_MODELS.DEFAULT_PARAMETERS,
                        AI_MODELS.ACTIVE,
                        AI_MODELS.DEPRECATED,
                        AI_MODELS.CREATED_AT,
                        AI_MODELS.UPDATED_AT),
                row -> model(row, rates));
    }

    /** Of the price list that holds now; not given a name, since a list of rows is rendered by the expressions themselves. */
    private static Field<JSONB> rates(Field<UUID> tenant) {
        return DSL.field(select(MODEL_PRICES.RATES)
                .from(MODEL_PRICES)
                .where(MODEL_PRICES.ORGANIZATION_ID.eq(tenant))
                .and(MODEL_PRICES.MODEL_ID.eq(AI_MODELS.ID))
                .and(MODEL_PRICES.REPLACED_AT.isNull())
                .and(MODEL_PRICES.VALID_FROM.le(currentInstant()))
                .orderBy(MODEL_PRICES.VALID_FROM.desc())
                .limit(inline(1)));
    }

    private static AiModel model(ResultRow row, Field<JSONB> rates) {
        return new AiModel(
                row.take(AI_MODELS.ID),
                row.take(AI_MODELS.PROVIDER_ID),
                row.take(AI_MODELS.NAME),
                row.take(AI_MODELS.PROVIDER_MODEL_ID),
                row.takeTexts(AI_MODELS.ALIASES),
                row.takeOptional(AI_MODELS.DESCRIPTION),
                capabilities(row),
                row.takeOptionalInt(AI_MODELS.CONTEXT_LENGTH),
                row.takeOptionalJson(rates).map(ModelPrices::ofJson).orElseGet(ModelPrices::unknown),
                row.takeJson(AI_MODELS.DEFAULT_PARAMETERS),
                row.take(AI_MODELS.ACTIVE),
                row.take(AI_MODELS.DEPRECATED),
                row.take(AI_MODELS.CREATED_AT),
                row.take(AI_MODELS.UPDATED_AT));
    }

    /** The capabilities stand in the order of the constants. */
    private static Set<ModelCapability> capabilities(ResultRow row) {
        EnumSet<ModelCapability> capabilities = EnumSet.noneOf(ModelCapability.class);
        for (ModelCapability capability : ModelCapability.values()) {
            if (row.take(column(capability))) {
                capabilities.add(capability);
            }
        }
        return Set.copyOf(capabilities);
    }

    static Field<Boolean> column(ModelCapability capability) {
        return switch (capability) {
            case STREAMING -> AI_MODELS.SUPPORTS_STREAMING;
            case FUNCTION_CALLING -> AI_MODELS.SUPPORTS_FUNCTION_CALLING;
            case VISION -> AI_MODELS.SUPPORTS_VISION;
        };
    }
}
