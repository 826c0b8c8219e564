package io.promptforge.dao.model;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
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
     * Stores the API key of a provider instead of the present one. The caller encrypts it first, in a form that tells with which
     * key; the library neither encrypts nor decrypts it, and returns it only from {@link #findEncryptedApiKey}.
     *
     * @param ciphertext 1 to 8,192 bytes
     * @throws io.promptforge.dao.error.InvalidValueException with the field {@code encrypted_api_key}, if it is empty or too
     *     long
     * @throws io.promptforge.dao.error.NotFoundException if there is no such provider
     */
    void setEncryptedApiKey(UUID id, byte[] ciphertext);

    /** The encrypted API key of a provider, as it was stored; empty if there is none, or no such provider. */
    Optional<byte[]> findEncryptedApiKey(UUID id);

    /**
     * Deletes the API key of a provider. Does nothing if none is stored.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such provider
     */
    void clearEncryptedApiKey(UUID id);
}
