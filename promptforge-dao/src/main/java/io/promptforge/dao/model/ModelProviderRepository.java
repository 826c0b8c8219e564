package io.promptforge.dao.model;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.secret.Secret;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The model providers of a tenant. A provider is never deleted, because evaluations and traces refer to its models: deactivate it
 * with {@code active(false)}.
 *
 * <p>Thread-safe, unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}. An id of another tenant is not found.
 */
public interface ModelProviderRepository {
    /**
     * Creates a provider.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the name is taken; with the field {@code is_default} if there
     *     is a default already: create the provider without it, and call {@link #setDefault}
     * @throws io.promptforge.dao.error.InvalidReferenceException if the tenant does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    ModelProvider create(NewModelProvider provider);

    /**
     * Creates providers, all or none, in a number of statements that does not grow with the list.
     *
     * @return them as stored, in the given order
     * @throws io.promptforge.dao.error.FieldException as {@link #create(NewModelProvider)}, with the path of the refused element
     */
    List<ModelProvider> create(List<NewModelProvider> providers);

    /** The provider with this id. */
    Optional<ModelProvider> find(UUID id);

    /** The provider with this name, to the letter. */
    Optional<ModelProvider> findByName(String name);

    /** The default provider, for calls that name none. */
    Optional<ModelProvider> findDefault();

    /** The providers with these ids, at most 1,000, by id and in their order; ids that are not found are left out. */
    Map<UUID, ModelProvider> findAll(Collection<UUID> ids);

    /**
     * A page of the providers that pass the filter, by name.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<ModelProvider> list(ModelProviderFilter filter, PageRequest page);

    /** Counts the providers that pass the filter. */
    long count(ModelProviderFilter filter);

    /**
     * Edits a provider. With {@code active(false)} it is not the default any more; its models and their history stay.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the new name is taken
     * @throws io.promptforge.dao.error.ConflictException if the provider was changed after
     *     {@link ModelProviderChanges#ifUnchangedSince}
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such provider
     */
    ModelProvider update(UUID id, ModelProviderChanges changes);

    /**
     * Makes a provider the default instead of the present one, all or nothing. Concurrent calls wait for each other.
     *
     * @throws io.promptforge.dao.error.InvalidValueException with the field {@code is_default}, if it is not active
     * @throws io.promptforge.dao.error.NotFoundException if there is no such provider
     */
    ModelProvider setDefault(UUID id);

    /** Leaves the tenant without a default provider. Does nothing if there is none. */
    void clearDefault();

    /**
     * Stores the API key of a provider instead of the present one, sealed with the newest of the host's master keys, for this provider
     * only.
     *
     * @param apiKey at most 4,096 bytes in UTF-8
     * @throws io.promptforge.dao.error.InvalidValueException with the field {@code api_key}, if it is too long, or has
     *     characters that cannot be stored
     * @throws io.promptforge.dao.error.MissingSecretException if the settings have no master keys, or not that of the present API key, which
     *     stays; {@link #clearApiKey} deletes it
     * @throws io.promptforge.dao.error.NotFoundException if there is no such provider
     * @throws io.promptforge.dao.error.UnreadableSecretException if the present API key cannot be opened, and stays
     */
    ModelProvider setApiKey(UUID id, Secret apiKey);

    /**
     * The API key of a provider; empty if there is none, or no such provider. The data key that it is sealed with is unwrapped by the master
     * key at most once in 5 minutes.
     *
     * @throws io.promptforge.dao.error.MissingSecretException if the settings do not have the master key
     * @throws io.promptforge.dao.error.UnreadableSecretException if it cannot be opened
     */
    Optional<Secret> findApiKey(UUID id);

    /**
     * Deletes the API key of a provider. Does nothing if none is stored.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such provider
     */
    ModelProvider clearApiKey(UUID id);

    /**
     * Seals the API keys of the tenant with the newest master key, unless they are already, each in a transaction of its own, while others
     * are read and set. One that fails ends the call; what was sealed until then stays so, and the next call goes on. See {@code
     * PromptForge.resealSecrets}.
     *
     * @return how many were sealed anew
     * @throws io.promptforge.dao.error.MissingSecretException if the settings do not have the master key of one
     * @throws io.promptforge.dao.error.UnreadableSecretException if one cannot be opened
     */
    int resealApiKeys();
}
