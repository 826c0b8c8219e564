package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;
import static io.promptforge.schema.jooq.Tables.MODEL_PROVIDERS;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.schema.jooq.tables.records.AiModelsRecord;
import io.promptforge.schema.jooq.tables.records.ModelProvidersRecord;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Record;

/** Rows as records of the domain. */
final class ModelRows {
    private static final Field<Boolean> HAS_API_KEY =
            MODEL_PROVIDERS.ENCRYPTED_API_KEY.isNotNull().as("has_api_key");

    /** What is read of a provider. Its API key stays where it is. */
    static final List<Field<?>> PROVIDER = List.of(
            MODEL_PROVIDERS.ID,
            MODEL_PROVIDERS.NAME,
            MODEL_PROVIDERS.TYPE,
            MODEL_PROVIDERS.DESCRIPTION,
            MODEL_PROVIDERS.BASE_URL,
            MODEL_PROVIDERS.CONFIGURATION,
            MODEL_PROVIDERS.ACTIVE,
            MODEL_PROVIDERS.IS_DEFAULT,
            MODEL_PROVIDERS.CREATED_AT,
            MODEL_PROVIDERS.UPDATED_AT,
            HAS_API_KEY);

    private ModelRows() {}

    /** From a selection of {@link #PROVIDER}. */
    static ModelProvider provider(Record row) {
        return provider(row.into(MODEL_PROVIDERS), row.get(HAS_API_KEY));
    }

    /** From a whole row. */
    static ModelProvider provider(ModelProvidersRecord row) {
        return provider(row, row.getEncryptedApiKey() != null);
    }

    private static ModelProvider provider(ModelProvidersRecord row, boolean hasApiKey) {
        return new ModelProvider(
                row.getId(),
                row.getName(),
                row.getType(),
                Optional.ofNullable(row.getDescription()),
                Optional.ofNullable(row.getBaseUrl()),
                Columns.json(row.getConfiguration()),
                row.getActive(),
                row.getIsDefault(),
                hasApiKey,
                row.getCreatedAt(),
                row.getUpdatedAt());
    }

    static AiModel model(AiModelsRecord row) {
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

    /** The column that says whether a model has a capability. */
    static Field<Boolean> column(ModelCapability capability) {
        return switch (capability) {
            case STREAMING -> AI_MODELS.SUPPORTS_STREAMING;
            case FUNCTION_CALLING -> AI_MODELS.SUPPORTS_FUNCTION_CALLING;
            case VISION -> AI_MODELS.SUPPORTS_VISION;
        };
    }
}
