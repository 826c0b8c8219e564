package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.MODEL_PROVIDERS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.query.SortOrder;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** How model providers are read: rows to records, the conditions of the filter, and the order of the list. */
final class ModelProviderRows {
    private static final Field<Boolean> HAS_API_KEY = DSL.field(MODEL_PROVIDERS.ENCRYPTED_API_KEY.isNotNull());

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
                    HAS_API_KEY,
                    MODEL_PROVIDERS.CREATED_AT,
                    MODEL_PROVIDERS.UPDATED_AT),
            ModelProviderRows::provider);

    private static final Conditions CONDITIONS = Conditions.ofTenant(MODEL_PROVIDERS.ORGANIZATION_ID)
            .anyOf(ModelProviderFilter.TYPE, MODEL_PROVIDERS.TYPE)
            .equal(ModelProviderFilter.ACTIVE, MODEL_PROVIDERS.ACTIVE)
            .mentions(ModelProviderFilter.TEXT, MODEL_PROVIDERS.NAME, MODEL_PROVIDERS.DESCRIPTION);

    static final SortOrder BY_NAME = SortOrder.ascending(MODEL_PROVIDERS.NAME);

    static final ListQuery<ModelProvider> LIST =
            new ListQuery<>("model_providers", MODEL_PROVIDERS, CONDITIONS, PROVIDER);

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
                row.take(HAS_API_KEY),
                row.take(MODEL_PROVIDERS.CREATED_AT),
                row.take(MODEL_PROVIDERS.UPDATED_AT));
    }
}
