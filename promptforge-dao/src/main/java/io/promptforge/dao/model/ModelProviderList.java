package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.MODEL_PROVIDERS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;

/** The list of model providers: what each criterion of the filter is in SQL, and the order. */
final class ModelProviderList {
    private static final Conditions CONDITIONS = Conditions.ofTenant(MODEL_PROVIDERS.ORGANIZATION_ID)
            .anyOf(ModelProviderFilter.TYPE, MODEL_PROVIDERS.TYPE)
            .equal(ModelProviderFilter.ACTIVE, MODEL_PROVIDERS.ACTIVE)
            .mentions(ModelProviderFilter.TEXT, MODEL_PROVIDERS.NAME, MODEL_PROVIDERS.DESCRIPTION);

    static final SortOrder BY_NAME = SortOrder.ascending(MODEL_PROVIDERS.NAME);

    static final ListQuery<ModelProvider> LIST =
            new ListQuery<>("model_providers", MODEL_PROVIDERS, CONDITIONS, ModelProviderRows.PROVIDER);

    private ModelProviderList() {}
}
