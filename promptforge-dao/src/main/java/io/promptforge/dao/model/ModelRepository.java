package io.promptforge.dao.model;

import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Optional;
import java.util.UUID;

/**
 * The model providers of a tenant and their models, of its own making or from a {@link ModelCatalogue}. Neither is ever
 * deleted, since evaluations and traces refer to them: what is no longer wanted is deactivated. Thread-safe, unless it
 * belongs to a transaction.
 */
public interface ModelRepository {
    /** For the library's own use: the repository over a session. */
    static ModelRepository over(TenantSession session) {
        return new JooqModelRepository(session);
    }

    /**
     * Makes a provider.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the name is taken; or the field {@code is_default}, if
     *     there is a default already: make the provider without, and move the default by {@link #setDefaultProvider}
     * @throws io.promptforge.dao.error.InvalidReferenceException if the tenant is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    ModelProvider createProvider(NewModelProvider provider);

    /** The provider with this id. */
    Optional<ModelProvider> findProvider(UUID id);

    /** The provider with this name, to the letter. */
    Optional<ModelProvider> findProviderByName(String name);

    /** The provider that is used where none is named. */
    Optional<ModelProvider> findDefaultProvider();

    /**
     * The providers, by name.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<ModelProvider> listProviders(ModelProviderFilter filter, PageRequest page);

    /**
     * Edits a provider.
     *
     * @return its new state
     * @throws io.promptforge.dao.error.AlreadyExistsException if the name is taken
     * @throws io.promptforge.dao.error.ConflictException if it was changed meanwhile, where the edit cares
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such provider
     */
    ModelProvider updateProvider(UUID id, ModelProviderChanges changes);

    /**
     * Offers a provider no more. Its models and their history stay. If it was the default, there is no default any more.
     *
     * @return its new state
     * @throws io.promptforge.dao.error.NotFoundException if there is no such provider
     */
    ModelProvider deactivateProvider(UUID id);

    /**
     * Offers a provider again.
     *
     * @return its new state
     * @throws io.promptforge.dao.error.NotFoundException if there is no such provider
     */
    ModelProvider activateProvider(UUID id);

    /**
     * Makes a provider the one that is used where none is named, instead of the present one. All or nothing; callers that
     * do it at once wait for each other.
     *
     * @return its new state
     * @throws io.promptforge.dao.error.InvalidValueException with the field {@code is_default}, if it is not active
     * @throws io.promptforge.dao.error.NotFoundException if there is no such provider
     */
    ModelProvider setDefaultProvider(UUID id);

    /** Leaves no provider as the default; nothing happens if none is. */
    void clearDefaultProvider();

    /**
     * Keeps an API key for a provider, instead of the present one. It must be encrypted before it comes here, in a form
     * that tells with which key; the library neither encrypts nor decrypts, and shows it nowhere but in
     * {@link #findEncryptedApiKey}.
     *
     * @param ciphertext 1 to 8,192 bytes
     * @throws io.promptforge.dao.error.InvalidValueException with the field {@code encrypted_api_key}, if it is empty or
     *     too long
     * @throws io.promptforge.dao.error.NotFoundException if there is no such provider
     */
    void setEncryptedApiKey(UUID providerId, byte[] ciphertext);

    /** The encrypted API key of a provider, as it was given; empty when none is stored, or there is no such provider. */
    Optional<byte[]> findEncryptedApiKey(UUID providerId);

    /**
     * Forgets the API key of a provider; nothing happens if none is stored.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such provider
     */
    void clearEncryptedApiKey(UUID providerId);

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

    /**
     * The models.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<AiModel> list(ModelFilter filter, ModelOrder order, PageRequest page);

    /**
     * Edits a model.
     *
     * @return its new state
     * @throws io.promptforge.dao.error.ConflictException if it was changed meanwhile, where the edit cares
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such model
     */
    AiModel update(UUID id, AiModelChanges changes);

    /**
     * Notes that the provider has announced the model's end. It stays active.
     *
     * @return its new state
     * @throws io.promptforge.dao.error.NotFoundException if there is no such model
     */
    AiModel deprecate(UUID id);

    /**
     * Offers a model no more for new work. Its history stays.
     *
     * @return its new state
     * @throws io.promptforge.dao.error.NotFoundException if there is no such model
     */
    AiModel deactivate(UUID id);

    /**
     * Offers a model again.
     *
     * @return its new state
     * @throws io.promptforge.dao.error.NotFoundException if there is no such model
     */
    AiModel activate(UUID id);

    /**
     * Installs a catalogue, or updates what an earlier edition of it installed. Value by value: what is still as the
     * catalogue last said becomes what it says now; what the organization edited stays. A provider or model that the
     * organization made itself, where the catalogue has one of the same name or model id, is left alone, but gets the
     * models it lacks. What the catalogue no longer has stays as it is. Of API keys, configurations, default parameters,
     * activity and the default provider a catalogue says nothing, so that they are never touched.
     *
     * <p>Installing the same edition again changes nothing. An older edition after a newer one goes back to the older
     * values. All or nothing, in a constant number of statements; callers that do it at once wait for each other.
     *
     * @return what it did
     * @throws io.promptforge.dao.error.AlreadyExistsException if somebody else takes a provider's new name meanwhile
     * @throws io.promptforge.dao.error.InvalidReferenceException if the tenant is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value of the catalogue is not accepted
     */
    CatalogueResult installCatalogue(ModelCatalogue catalogue);
}
