package io.promptforge.dao.model;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The models of a tenant, which it created itself or installed from a {@link ModelCatalogue}. A model is never deleted, because
 * evaluations and traces refer to it: deactivate it with {@code active(false)}.
 *
 * <p>Thread-safe, unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}. An id of another tenant is not found.
 */
public interface ModelRepository {
    /**
     * Creates a model.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the provider has a model with this provider's model id
     * @throws io.promptforge.dao.error.InvalidReferenceException if the provider does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    AiModel create(NewAiModel model);

    /** The model with this id. */
    Optional<AiModel> find(UUID id);

    /** The provider's model with this name in the provider's API. */
    Optional<AiModel> findByProviderModelId(UUID providerId, String providerModelId);

    /** The models with these ids, at most 1,000, by id and in their order; ids that are not found are left out. */
    Map<UUID, AiModel> findAll(Collection<UUID> ids);

    /**
     * A page of the models that pass the filter.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<AiModel> list(ModelFilter filter, ModelOrder order, PageRequest page);

    /** Counts the models that pass the filter. */
    long count(ModelFilter filter);

    /**
     * Edits a model: {@code active(false)} offers it no more for new work, {@code deprecated(true)} says that the provider has
     * announced its end. Its history stays.
     *
     * @throws io.promptforge.dao.error.ConflictException if the model was changed after
     *     {@link AiModelChanges#ifUnchangedSince}
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such model
     */
    AiModel update(UUID id, AiModelChanges changes);

    /**
     * Installs a catalogue, or updates what an earlier edition of it installed, value by value: a value that is still as the
     * last edition had it is set to that of this edition, and a value that the organization edited stays. A provider or model
     * that the organization created itself, and that has the name or model id of one in the catalogue, is not changed, but such a
     * provider gets the models it lacks. Providers and models that are no longer in the catalogue stay. API keys, configurations,
     * default parameters, activity and the default provider are never changed.
     *
     * <p>Installing the same edition again changes nothing. Installing an older edition after a newer one sets the older values.
     * All or nothing, in a constant number of statements. Concurrent calls wait for each other.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if a concurrent transaction takes a provider's new name
     * @throws io.promptforge.dao.error.InvalidReferenceException if the tenant does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value of the catalogue is not accepted
     */
    CatalogueResult installCatalogue(ModelCatalogue catalogue);
}
