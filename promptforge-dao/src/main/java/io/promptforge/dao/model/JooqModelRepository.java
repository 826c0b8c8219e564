package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.ListInsert;
import io.promptforge.dao.internal.write.RowUpdate;
import io.promptforge.dao.model.naming.KnownModels;
import io.promptforge.dao.model.naming.StoredPriceLists;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** Stores models by jOOQ. */
public final class JooqModelRepository implements ModelRepository {
    private static final ListInsert<?, UUID> LIST = new ListInsert<>(AI_MODELS, ModelRows.ID, UnaryOperator.identity());

    private final TenantSession session;

    /** The models of a session's tenant. */
    public JooqModelRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public AiModel create(NewAiModel model) {
        Check.present("model", model);
        UUID id = Ids.next();
        return session.transaction(tx -> {
            tx.run(dsl -> dsl.insertInto(AI_MODELS)
                    .set(AI_MODELS.ORGANIZATION_ID, tx.organizationId())
                    .set(AI_MODELS.ID, id)
                    .set(model.values().of(AI_MODELS))
                    .execute());
            model.priceList().ifPresent(prices -> JooqPriceLists.insert(tx, id, prices));
            return new JooqModelRepository(tx).find(id).orElseThrow();
        });
    }

    @Override
    public List<AiModel> create(List<NewAiModel> models) {
        List<UUID> ids = ListInsert.store(session, "models", Check.list("models", models), (tx, some) -> {
            List<ColumnValues> rows = new ArrayList<>();
            List<ColumnValues> prices = new ArrayList<>();
            for (NewAiModel model : some) {
                UUID id = Ids.next();
                rows.add(model.values().with("id", id));
                model.priceList().ifPresent(list -> prices.add(JooqPriceLists.row(id, list)));
            }
            List<UUID> inserted = LIST.insert(tx, rows);
            JooqPriceLists.LIST_INSERT.insert(tx, prices);
            return inserted;
        });
        Map<UUID, AiModel> stored = new HashMap<>();
        for (int from = 0; from < ids.size(); from += RowsById.MOST_IDS) {
            stored.putAll(findAll(ids.subList(from, Math.min(from + RowsById.MOST_IDS, ids.size()))));
        }
        return ids.stream().map(id -> Objects.requireNonNull(stored.get(id))).toList();
    }

    @Override
    public Optional<AiModel> find(UUID id) {
        return findWhere(AI_MODELS.ID.eq(Check.present("id", id)));
    }

    @Override
    public Optional<AiModel> findByProviderModelId(UUID providerId, String providerModelId) {
        Check.present("provider_id", providerId);
        Check.text("provider_model_id", providerModelId);
        return findWhere(AI_MODELS.PROVIDER_ID.eq(providerId).and(AI_MODELS.PROVIDER_MODEL_ID.eq(providerModelId)));
    }

    private Optional<AiModel> findWhere(Condition condition) {
        RowReader<AiModel> reader = reader();
        return session.run(dsl -> reader.fetchOptional(
                dsl.select(reader.fields()).from(AI_MODELS).where(ofTenant().and(condition))));
    }

    @Override
    public Optional<ModelMatch> resolve(String name, @Nullable String provider) {
        Check.text("name", name);
        return KnownModels.current(session).resolve(name, provider).flatMap(found -> find(found.model()
                        .id())
                .map(model ->
                        new ModelMatch(model, found.match(), found.model().ofCatalogue(), found.providerMatched())));
    }

    @Override
    public Map<UUID, AiModel> findAll(Collection<UUID> ids) {
        return RowsById.fetch(session, AI_MODELS, AI_MODELS.ORGANIZATION_ID, AI_MODELS.ID, ids, reader());
    }

    @Override
    public Page<AiModel> list(ModelFilter filter, ModelOrder order, PageRequest page) {
        return ModelList.LIST.page(
                session, Check.present("filter", filter).criteria(), ModelList.ORDERS.get(order), page);
    }

    @Override
    public long count(ModelFilter filter) {
        return ModelList.LIST.count(session, Check.present("filter", filter).criteria());
    }

    @Override
    public AiModel update(UUID id, AiModelChanges changes) {
        Check.present("id", id);
        Check.present("changes", changes);
        return session.transaction(tx -> {
            new RowUpdate<>(AI_MODELS, ModelRows.ID, "model", ofTenant().and(AI_MODELS.ID.eq(id)), id)
                    .apply(tx.session(), changes.changes());
            return new JooqModelRepository(tx).find(id).orElseThrow();
        });
    }

    @Override
    public PriceList setPrices(UUID modelId, NewPriceList prices) {
        Check.present("model_id", modelId);
        Check.present("prices", prices);
        return JooqPriceLists.set(session, modelId, prices);
    }

    @Override
    public List<PriceList> setPrices(UUID modelId, List<NewPriceList> prices) {
        Check.present("model_id", modelId);
        return JooqPriceLists.set(session, modelId, Check.list("prices", prices));
    }

    @Override
    public Optional<PriceList> pricesAt(UUID modelId, Instant moment) {
        return StoredPriceLists.at(session, Check.present("model_id", modelId), Check.instant("moment", moment));
    }

    @Override
    public Optional<PriceList> findPriceList(UUID listId) {
        return StoredPriceLists.find(session, Check.present("list_id", listId));
    }

    @Override
    public Page<PriceList> prices(UUID modelId, PageRequest page) {
        return JooqPriceLists.page(session, Check.present("model_id", modelId), page);
    }

    @Override
    public CatalogueResult installCatalogue(ModelCatalogue catalogue) {
        Check.present("catalogue", catalogue);
        return session.transaction(tx -> new JooqCatalogueInstallation(tx, catalogue).run());
    }

    private RowReader<AiModel> reader() {
        return ModelRows.model(val(session.organizationId()));
    }

    private Condition ofTenant() {
        return AI_MODELS.ORGANIZATION_ID.eq(session.organizationId());
    }
}
