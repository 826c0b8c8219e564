package io.promptforge.dao.model;

import io.promptforge.dao.internal.TenantSession;
import java.util.Optional;
import java.util.UUID;

/** The model providers of a tenant and their models. Thread-safe, unless it belongs to a transaction. */
public interface ModelRepository {
    /** For the library's own use: the repository over a session. */
    static ModelRepository over(TenantSession session) {
        return new JooqModelRepository(session);
    }

    /**
     * Makes a provider.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the name is taken, or {@code is_default} is
     * @throws io.promptforge.dao.error.InvalidReferenceException if the tenant is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    ModelProvider createProvider(NewModelProvider provider);

    /** The provider with this id. */
    Optional<ModelProvider> findProvider(UUID id);

    /** The provider with this name, to the letter. */
    Optional<ModelProvider> findProviderByName(String name);

    /**
     * Makes a model.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the provider has one with this provider's model id
     * @throws io.promptforge.dao.error.InvalidReferenceException if the provider is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    AiModel create(NewAiModel model);

    /** The model with this id. */
    Optional<AiModel> find(UUID id);

    /** The provider's model with the name that the provider's API takes. */
    Optional<AiModel> findByProviderModelId(UUID providerId, String providerModelId);
}
