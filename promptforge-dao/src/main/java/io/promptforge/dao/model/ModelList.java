package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.query.SortOrders;
import java.util.Map;
import org.jooq.impl.DSL;

/** The lists of models: what each criterion of a filter is in SQL, and the orders. */
final class ModelList {
    private static final Conditions CONDITIONS = Conditions.ofTenant(AI_MODELS.ORGANIZATION_ID)
            .equal(ModelFilter.PROVIDER_ID, AI_MODELS.PROVIDER_ID)
            .equal(ModelFilter.ACTIVE, AI_MODELS.ACTIVE)
            .equal(ModelFilter.DEPRECATED, AI_MODELS.DEPRECATED)
            .inlined(
                    ModelFilter.CAPABILITIES,
                    all -> DSL.and(all.stream()
                            .map(capability -> ModelRows.column(capability).isTrue())
                            .toList()))
            .mentions(ModelFilter.TEXT, AI_MODELS.NAME, AI_MODELS.PROVIDER_MODEL_ID);

    static final SortOrders<ModelOrder> ORDERS = new SortOrders<>(
            ModelOrder.class,
            Map.of(
                    ModelOrder.BY_NAME, SortOrder.ascending(AI_MODELS.NAME, AI_MODELS.ID),
                    ModelOrder.BY_PROVIDER, SortOrder.ascending(AI_MODELS.PROVIDER_ID, AI_MODELS.PROVIDER_MODEL_ID)));

    static final ListQuery<AiModel> LIST = new ListQuery<>("ai_models", AI_MODELS, CONDITIONS, ModelRows::model);

    private ModelList() {}
}
