package io.promptforge.dao.model;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The models of a tenant, which it created itself or installed from a {@link ModelCatalogue}. A model is never deleted, because
 * evaluations and traces refer to it: deactivate it with {@code active(false)}.
 *
 * <p>Thread-safe, unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}, unless it says otherwise. An id of another tenant is not found.
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

    /**
     * Creates models, all or none. Each thousand of them is read back by one statement; the others do not grow with the list.
     *
     * @return them as stored, in the given order
     * @throws io.promptforge.dao.error.FieldException as {@link #create(NewAiModel)}, with the path of the refused element
     */
    List<AiModel> create(List<NewAiModel> models);

    /** The model with this id. */
    Optional<AiModel> find(UUID id);

    /** The provider's model with this name in the provider's API. */
    Optional<AiModel> findByProviderModelId(UUID providerId, String providerModelId);

    /**
     * The model that a name in telemetry means: the one by which a span with this name is priced. The name may be
     *
     * <ol>
     *   <li>the {@linkplain AiModel#providerModelId provider's model id};
     *   <li>else an {@linkplain AiModel#aliases alias};
     *   <li>else another spelling of either: in another letter case; behind a path, an ARN, a region or a vendor
     *       ({@code models/gemini-2.5-pro}, {@code us.anthropic.claude-sonnet-4-5-20250929-v1:0}, {@code openai:gpt-4o}); with or
     *       without a date or revision ({@code gpt-4o-2024-08-06}, {@code @20250929}, {@code -001}, {@code :latest}), but not with
     *       another one; with spaces ({@code GPT 4o}). {@code gpt-4o-mini} is another name than {@code gpt-4o}, not another spelling;
     *   <li>else one that matches an alias with {@code *}, as a whole and in any letter case, with or without what stands before it;
     *   <li>else that of a fine-tuned model ({@code ft:gpt-4o-mini-2024-07-18:org::id}), which means one with that beginning
     *       ({@code ft:gpt-4o-mini-2024-07-18}), else the model that was fine-tuned.
     * </ol>
     *
     * <p>Only the first of these that finds models counts. A model that runs on own machines, by the provider or the beginning of the
     * name ({@code ollama}, {@code vllm}), never means one of the catalogue's other providers. Among several models it is
     *
     * <ol>
     *   <li>one that the organization created, rather than one that a catalogue installed;
     *   <li>then the closest: the one with the longest pattern that matches, or the longest spelling that the name ends with; else the
     *       spelling with the same date and revision;
     *   <li>then the one whose provider's name is the given one, in any letter case; or means the same company, as {@code Google
     *       Vertex} and {@code gcp.gemini} do; or whose provider's type has the name of that company; and of several, the one that has the
     *       most words of the given name;
     *   <li>then the active one of the default provider;
     *   <li>then, if the provider is unknown, the one of the company that has made the model, where the name tells ({@code claude},
     *       {@code gemini}, {@code gpt}, {@code grok}, {@code deepseek}, {@code mistral});
     *   <li>then, if all that are left have the same prices, the one with the smallest id; else none.
     * </ol>
     *
     * <p>Inactive and deprecated models are found too, because they have been called.
     *
     * @param name the name of the model, as telemetry reports it
     * @param provider the name of the provider, as telemetry reports it; null when it is unknown
     */
    Optional<ModelMatch> resolve(String name, @Nullable String provider);

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
     * Sets the prices of a model from a moment on, until its next price list begins. A span is priced by the list that holds when the
     * span starts. Costs that are stored already stay.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the model has a list that begins at this moment, and it is not the one
     *     that is {@linkplain NewPriceList#replacing replaced}
     * @throws io.promptforge.dao.error.ConflictException if the list to replace has been replaced already
     * @throws io.promptforge.dao.error.InvalidReferenceException if there is no such model
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if the model has no such list to replace
     */
    PriceList setPrices(UUID modelId, NewPriceList prices);

    /**
     * Sets several price lists of a model, all or none, in one statement and one more for each list that is replaced.
     *
     * @return them as stored, in the given order
     * @throws io.promptforge.dao.error.FieldException as {@link #setPrices(UUID, NewPriceList)}, with the path of the refused element
     */
    List<PriceList> setPrices(UUID modelId, List<NewPriceList> prices);

    /** The price list of a model that holds at a moment; empty if the model has none then. */
    Optional<PriceList> pricesAt(UUID modelId, Instant moment);

    /** The price list with this id, also if it has been replaced. */
    Optional<PriceList> findPriceList(UUID listId);

    /**
     * A page of the price lists of a model, those that begin last first, replaced ones among them; empty if there is no such model.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<PriceList> prices(UUID modelId, PageRequest page);

    /**
     * Installs a catalogue, or updates what an earlier edition of it installed, value by value: a value that is still as the
     * last edition had it is set to that of this edition, and a value that the organization edited stays. A provider or model
     * that the organization created itself, and that has the name or model id of one in the catalogue, is not changed, but such a
     * provider gets the models it lacks. Providers and models that are no longer in the catalogue stay. API keys, configurations,
     * default parameters, activity and the default provider are never changed.
     *
     * <p>Prices have a history. Those of the first edition hold for all time; those of a later one from the day of the edition on (UTC),
     * where they differ, and the prices before stay those of the time before. {@linkplain CatalogueModel#pricesFrom Later prices} hold from
     * their day on, until an edition no longer has them. While prices hold that the organization set, a catalogue sets none.
     *
     * <p>Installing the same edition again changes nothing. Installing an older edition after a newer one sets the older values, and the
     * older prices for the time between the two. All or nothing, in a constant number of statements. Concurrent calls wait for each other.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if a concurrent transaction takes a provider's new name
     * @throws io.promptforge.dao.error.InvalidReferenceException if the tenant does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value of the catalogue is not accepted
     */
    CatalogueResult installCatalogue(ModelCatalogue catalogue);
}
