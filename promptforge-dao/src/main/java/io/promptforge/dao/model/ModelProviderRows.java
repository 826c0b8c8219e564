package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.MODEL_PROVIDERS;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;

/** Maps rows to model providers. */
final class ModelProviderRows {
    static final RowReader<ModelProvider> PROVIDER = RowReader.of(
            Selection.of(
                    MODEL_PROVIDERS.ID,
                    MODEL_PROVIDERS.NAME,
                    MODEL_PROVIDERS.TYPE,
                    MODEL_PROVIDERS.DESCRIPTION,
                    MODEL_PROVIDERS.BASE_URL,
                    MODEL_PROVIDERS.CONFIGURATION,
                    MODEL_PROVIDERS.ACTIVE,
                    MODEL_PROVIDERS.IS_DEFAULT,
                    MODEL_PROVIDERS.MASKED_API_KEY,
                    MODEL_PROVIDERS.CREATED_AT,
                    MODEL_PROVIDERS.UPDATED_AT),
            ModelProviderRows::provider);

    private ModelProviderRows() {}

    private static ModelProvider provider(ResultRow row) {
        return new ModelProvider(
                row.take(MODEL_PROVIDERS.ID),
                row.take(MODEL_PROVIDERS.NAME),
                row.take(MODEL_PROVIDERS.TYPE),
                row.takeOptional(MODEL_PROVIDERS.DESCRIPTION),
                row.takeOptional(MODEL_PROVIDERS.BASE_URL),
                row.takeJson(MODEL_PROVIDERS.CONFIGURATION),
                row.take(MODEL_PROVIDERS.ACTIVE),
                row.take(MODEL_PROVIDERS.IS_DEFAULT),
                row.takeOptional(MODEL_PROVIDERS.MASKED_API_KEY),
                row.take(MODEL_PROVIDERS.CREATED_AT),
                row.take(MODEL_PROVIDERS.UPDATED_AT));
    }
}
