package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;
import static io.promptforge.schema.jooq.Tables.MODEL_PROVIDERS;

import io.promptforge.dao.internal.Columns;
import io.promptforge.dao.internal.Ids;
import io.promptforge.dao.internal.TenantSession;
import io.promptforge.schema.jooq.tables.records.AiModelsRecord;
import io.promptforge.schema.jooq.tables.records.ModelProvidersRecord;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;

final class JooqModelRepository implements ModelRepository {
    private final TenantSession session;

    JooqModelRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public ModelProvider createProvider(NewModelProvider provider) {
        return session.run(dsl -> dsl.insertInto(MODEL_PROVIDERS)
                .set(MODEL_PROVIDERS.ORGANIZATION_ID, session.organizationId())
                .set(MODEL_PROVIDERS.ID, Ids.next())
                .set(MODEL_PROVIDERS.NAME, provider.name())
                .set(MODEL_PROVIDERS.TYPE, provider.type())
                .set(MODEL_PROVIDERS.DESCRIPTION, provider.description())
                .set(MODEL_PROVIDERS.BASE_URL, provider.baseUrl())
                .set(MODEL_PROVIDERS.CONFIGURATION, Columns.jsonb(provider.configuration()))
                .set(MODEL_PROVIDERS.IS_DEFAULT, provider.isDefault())
                .returning()
                .fetchSingle(JooqModelRepository::provider));
    }

    @Override
    public Optional<ModelProvider> findProvider(UUID id) {
        return findProviderWhere(MODEL_PROVIDERS.ID.eq(id));
    }

    @Override
    public Optional<ModelProvider> findProviderByName(String name) {
        return findProviderWhere(MODEL_PROVIDERS.NAME.eq(name));
    }

    @Override
    public AiModel create(NewAiModel model) {
        return session.run(dsl -> dsl.insertInto(AI_MODELS)
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
                .fetchSingle(JooqModelRepository::model));
    }

    @Override
    public Optional<AiModel> find(UUID id) {
        return findWhere(AI_MODELS.ID.eq(id));
    }

    @Override
    public Optional<AiModel> findByProviderModelId(UUID providerId, String providerModelId) {
        return findWhere(AI_MODELS.PROVIDER_ID.eq(providerId).and(AI_MODELS.PROVIDER_MODEL_ID.eq(providerModelId)));
    }

    private Optional<ModelProvider> findProviderWhere(Condition condition) {
        return session.run(dsl -> dsl.selectFrom(MODEL_PROVIDERS)
                .where(MODEL_PROVIDERS
                        .ORGANIZATION_ID
                        .eq(session.organizationId())
                        .and(condition))
                .fetchOptional(JooqModelRepository::provider));
    }

    private Optional<AiModel> findWhere(Condition condition) {
        return session.run(dsl -> dsl.selectFrom(AI_MODELS)
                .where(AI_MODELS.ORGANIZATION_ID.eq(session.organizationId()).and(condition))
                .fetchOptional(JooqModelRepository::model));
    }

    private static ModelProvider provider(ModelProvidersRecord row) {
        return new ModelProvider(
                row.getId(),
                row.getName(),
                row.getType(),
                Optional.ofNullable(row.getDescription()),
                Optional.ofNullable(row.getBaseUrl()),
                Columns.json(row.getConfiguration()),
                row.getActive(),
                row.getIsDefault(),
                row.getCreatedAt(),
                row.getUpdatedAt());
    }

    private static AiModel model(AiModelsRecord row) {
        return new AiModel(
                row.getId(),
                row.getProviderId(),
                row.getName(),
                row.getProviderModelId(),
                Optional.ofNullable(row.getDescription()),
                capabilities(row),
                Columns.optionalInt(row.getContextLength()),
                new ModelPrices(
                        Columns.optionalPlain(row.getInputPricePerMillion()),
                        Columns.optionalPlain(row.getOutputPricePerMillion()),
                        Columns.optionalPlain(row.getCachedInputPricePerMillion())),
                Columns.json(row.getDefaultParameters()),
                row.getActive(),
                row.getDeprecated(),
                row.getCreatedAt(),
                row.getUpdatedAt());
    }

    private static Set<ModelCapability> capabilities(AiModelsRecord row) {
        EnumSet<ModelCapability> capabilities = EnumSet.noneOf(ModelCapability.class);
        if (row.getSupportsStreaming()) {
            capabilities.add(ModelCapability.STREAMING);
        }
        if (row.getSupportsFunctionCalling()) {
            capabilities.add(ModelCapability.FUNCTION_CALLING);
        }
        if (row.getSupportsVision()) {
            capabilities.add(ModelCapability.VISION);
        }
        return Set.copyOf(capabilities);
    }
}
