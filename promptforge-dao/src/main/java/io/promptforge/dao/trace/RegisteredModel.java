package io.promptforge.dao.trace;

import io.promptforge.dao.model.ModelPrices;
import io.promptforge.schema.type.ProviderType;
import java.util.UUID;

/**
 * A model that the organization has registered.
 *
 * @param id its key
 * @param name what its provider's API calls it
 * @param active whether it is offered
 * @param providerName what its provider is called
 * @param providerType whose API its provider speaks
 * @param ofDefaultProvider whether its provider is the default one
 * @param prices what its tokens cost
 */
record RegisteredModel(
        UUID id,
        String name,
        boolean active,
        String providerName,
        ProviderType providerType,
        boolean ofDefaultProvider,
        ModelPrices prices) {}
