package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import java.util.EnumSet;
import java.util.Set;
import org.jooq.Field;

/** Maps rows to models. */
final class ModelRows {
    static final RowReader<AiModel> MODEL = RowReader.of(
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
                    AI_MODELS.INPUT_PRICE_PER_MILLION,
                    AI_MODELS.OUTPUT_PRICE_PER_MILLION,
                    AI_MODELS.CACHED_INPUT_PRICE_PER_MILLION,
                    AI_MODELS.DEFAULT_PARAMETERS,
                    AI_MODELS.ACTIVE,
                    AI_MODELS.DEPRECATED,
                    AI_MODELS.CREATED_AT,
                    AI_MODELS.UPDATED_AT),
            ModelRows::model);

    private ModelRows() {}

    private static AiModel model(ResultRow row) {
        return new AiModel(
                row.take(AI_MODELS.ID),
                row.take(AI_MODELS.PROVIDER_ID),
                row.take(AI_MODELS.NAME),
                row.take(AI_MODELS.PROVIDER_MODEL_ID),
                row.takeTexts(AI_MODELS.ALIASES),
                row.takeOptional(AI_MODELS.DESCRIPTION),
                capabilities(row),
                row.takeOptionalInt(AI_MODELS.CONTEXT_LENGTH),
                prices(row),
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

    private static ModelPrices prices(ResultRow row) {
        return ModelPrices.unknown()
                .input(row.takeOptionalNumber(AI_MODELS.INPUT_PRICE_PER_MILLION).orElse(null))
                .output(row.takeOptionalNumber(AI_MODELS.OUTPUT_PRICE_PER_MILLION)
                        .orElse(null))
                .cachedInput(row.takeOptionalNumber(AI_MODELS.CACHED_INPUT_PRICE_PER_MILLION)
                        .orElse(null));
    }

    static Field<Boolean> column(ModelCapability capability) {
        return switch (capability) {
            case STREAMING -> AI_MODELS.SUPPORTS_STREAMING;
            case FUNCTION_CALLING -> AI_MODELS.SUPPORTS_FUNCTION_CALLING;
            case VISION -> AI_MODELS.SUPPORTS_VISION;
        };
    }
}
