package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;
import static org.jooq.impl.DSL.noCondition;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.Keyset;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.LegacyRowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;

final class JooqModelRepository implements ModelRepository {
    private final TenantSession session;
    private final JooqModelProviders providers;

    JooqModelRepository(TenantSession session) {
        this.session = session;
        this.providers = new JooqModelProviders(session);
    }

    @Override
    public ModelProvider createProvider(NewModelProvider provider) {
        return providers.create(Check.present("provider", provider));
    }

    @Override
    public Optional<ModelProvider> findProvider(UUID id) {
        return providers.find(Check.present("id", id));
    }

    @Override
    public Optional<ModelProvider> findProviderByName(String name) {
        Check.present("name", name);
        Check.optionalText("name", name);
        return providers.findByName(name);
    }

    @Override
    public Optional<ModelProvider> findDefaultProvider() {
        return providers.findDefault();
    }

    @Override
    public Page<ModelProvider> listProviders(ModelProviderFilter filter, PageRequest page) {
        return providers.list(Check.present("filter", filter), Check.present("page", page));
    }

    @Override
    public ModelProvider updateProvider(UUID id, ModelProviderChanges changes) {
        return providers.update(
                Check.present("id", id), Check.present("changes", changes).changes());
    }

    @Override
    public ModelProvider deactivateProvider(UUID id) {
        return updateProvider(id, ModelProviderChanges.none().active(false));
    }

    @Override
    public ModelProvider activateProvider(UUID id) {
        return updateProvider(id, ModelProviderChanges.none().active(true));
    }

    @Override
    public ModelProvider setDefaultProvider(UUID id) {
        return providers.setDefault(Check.present("id", id));
    }

    @Override
    public void clearDefaultProvider() {
        providers.clearDefault();
    }

    @Override
    public void setEncryptedApiKey(UUID providerId, byte[] ciphertext) {
        providers.setEncryptedApiKey(
                Check.present("provider_id", providerId), Check.present("encrypted_api_key", ciphertext));
    }

    @Override
    public Optional<byte[]> findEncryptedApiKey(UUID providerId) {
        return providers.findEncryptedApiKey(Check.present("provider_id", providerId));
    }

    @Override
    public void clearEncryptedApiKey(UUID providerId) {
        providers.setEncryptedApiKey(Check.present("provider_id", providerId), null);
    }

    @Override
    public AiModel create(NewAiModel model) {
        Check.present("model", model);
        return session.write(dsl -> dsl.insertInto(AI_MODELS)
                .set(AI_MODELS.ORGANIZATION_ID, session.organizationId())
                .set(AI_MODELS.ID, Ids.next())
                .set(AI_MODELS.PROVIDER_ID, model.providerId())
                .set(AI_MODELS.NAME, model.name())
                .set(AI_MODELS.PROVIDER_MODEL_ID, model.providerModelId())
                .set(AI_MODELS.DESCRIPTION, model.description())
                .set(AI_MODELS.SUPPORTS_STREAMING, model.capabilities().contains(ModelCapability.STREAMING))
                .set(
                        AI_MODELS.SUPPORTS_FUNCTION_CALLING,
                        model.capabilities().contains(ModelCapability.FUNCTION_CALLING))
                .set(AI_MODELS.SUPPORTS_VISION, model.capabilities().contains(ModelCapability.VISION))
                .set(AI_MODELS.CONTEXT_LENGTH, model.contextLength())
                .set(AI_MODELS.INPUT_PRICE_PER_MILLION, model.prices().input().orElse(null))
                .set(AI_MODELS.OUTPUT_PRICE_PER_MILLION, model.prices().output().orElse(null))
                .set(
                        AI_MODELS.CACHED_INPUT_PRICE_PER_MILLION,
                        model.prices().cachedInput().orElse(null))
                .set(AI_MODELS.DEFAULT_PARAMETERS, Columns.jsonb(model.defaultParameters()))
                .returning()
                .fetchSingle(ModelRows::model));
    }

    @Override
    public Optional<AiModel> find(UUID id) {
        return findWhere(AI_MODELS.ID.eq(Check.present("id", id)));
    }

    @Override
    public Optional<AiModel> findByProviderModelId(UUID providerId, String providerModelId) {
        Check.present("provider_id", providerId);
        Check.present("provider_model_id", providerModelId);
        Check.optionalText("provider_model_id", providerModelId);
        return findWhere(AI_MODELS.PROVIDER_ID.eq(providerId).and(AI_MODELS.PROVIDER_MODEL_ID.eq(providerModelId)));
    }

    private Optional<AiModel> findWhere(Condition condition) {
        return session.run(dsl ->
                dsl.selectFrom(AI_MODELS).where(ofTenant().and(condition)).fetchOptional(ModelRows::model));
    }

    @Override
    public Page<AiModel> list(ModelFilter filter, ModelOrder order, PageRequest page) {
        Check.present("filter", filter);
        Check.present("order", order);
        Check.present("page", page);
        return session.run(dsl -> keyset(filter, order)
                .fetch(dsl, dsl.selectFrom(AI_MODELS).where(ofTenant().and(matches(filter))), page, ModelRows::model));
    }

    private Keyset keyset(ModelFilter filter, ModelOrder order) {
        List<?> list = List.of("ai_models", session.organizationId(), filter, order);
        return switch (order) {
            case BY_NAME -> Keyset.ascending(list, AI_MODELS.NAME, AI_MODELS.ID);
            case BY_PROVIDER -> Keyset.ascending(list, AI_MODELS.PROVIDER_ID, AI_MODELS.PROVIDER_MODEL_ID);
        };
    }

    private static Condition matches(ModelFilter filter) {
        Condition provider = filter.providerId().map(AI_MODELS.PROVIDER_ID::eq).orElse(noCondition());
        Condition active = filter.active().map(AI_MODELS.ACTIVE::eq).orElse(noCondition());
        Condition deprecated = filter.deprecated().map(AI_MODELS.DEPRECATED::eq).orElse(noCondition());
        Condition capable = filter.capabilities().stream()
                .map(capability -> ModelRows.column(capability).isTrue())
                .reduce(noCondition(), Condition::and);
        Condition text = filter.text()
                .map(part -> AI_MODELS
                        .NAME
                        .containsIgnoreCase(part)
                        .or(AI_MODELS.PROVIDER_MODEL_ID.containsIgnoreCase(part)))
                .orElse(noCondition());
        return provider.and(active).and(deprecated).and(capable).and(text);
    }

    @Override
    public AiModel update(UUID id, AiModelChanges changes) {
        Check.present("id", id);
        Check.present("changes", changes);
        Condition key = ofTenant().and(AI_MODELS.ID.eq(id));
        return ModelRows.model(
                new LegacyRowUpdate<>(AI_MODELS, "model", key, id).apply(session.session(), changes.changes()));
    }

    @Override
    public AiModel deprecate(UUID id) {
        return update(id, AiModelChanges.none().deprecated(true));
    }

    @Override
    public AiModel deactivate(UUID id) {
        return update(id, AiModelChanges.none().active(false));
    }

    @Override
    public AiModel activate(UUID id) {
        return update(id, AiModelChanges.none().active(true));
    }

    @Override
    public CatalogueResult installCatalogue(ModelCatalogue catalogue) {
        Check.present("catalogue", catalogue);
        return session.transaction(tx -> new JooqCatalogueInstallation(tx, catalogue).run());
    }

    private Condition ofTenant() {
        return AI_MODELS.ORGANIZATION_ID.eq(session.organizationId());
    }
}
