package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.model.ModelPrices;
import io.promptforge.schema.type.ProviderType;
import java.time.Instant;
import java.util.UUID;

/**
 * A registered model of the organization.
 *
 * @param id its key
 * @param name its name in the provider's API
 * @param active whether it is active
 * @param providerName the name of its provider
 * @param providerType the type of its provider
 * @param ofDefaultProvider whether its provider is the default one
 * @param prices the prices of its tokens
 * @param updatedAt when it was last changed
 * @param providerUpdatedAt when its provider was last changed
 */
record RegisteredModel(
        UUID id,
        String name,
        boolean active,
        String providerName,
        ProviderType providerType,
        boolean ofDefaultProvider,
        ModelPrices prices,
        Instant updatedAt,
        Instant providerUpdatedAt) {}
