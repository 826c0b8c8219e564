package io.promptforge.dao.apikey;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The keys with which services of a tenant authenticate, see {@code PromptForge.authenticate}.
 *
 * <p>Thread-safe, unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}. An id of another tenant is not found.
 */
public interface ApiKeyRepository {
    /**
     * Creates a key. Its text is in the result, and nowhere else.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the name is taken
     * @throws io.promptforge.dao.error.InvalidReferenceException if a project or the user does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    IssuedApiKey create(NewApiKey key);

    /**
     * Creates keys, all or none, in a number of statements that does not grow with the list.
     *
     * @return them as stored, in the given order
     * @throws io.promptforge.dao.error.FieldException as {@link #create(NewApiKey)}, with the path of the refused element
     */
    List<IssuedApiKey> create(List<NewApiKey> keys);

    /** The key with this id. */
    Optional<ApiKey> find(UUID id);

    /** The keys with these ids, at most 1,000, by id and in their order; ids that are not found are left out. */
    Map<UUID, ApiKey> findAll(Collection<UUID> ids);

    /**
     * A page of the keys that pass the filter, by name.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<ApiKey> list(ApiKeyFilter filter, PageRequest page);

    /** Counts the keys that pass the filter. */
    long count(ApiKeyFilter filter);

    /**
     * Gives a key a new text, and accepts the present one for some time, in which the services that use it can change over. Everything
     * else stays. A text from before the last rotation is no longer accepted, even if its time has not passed.
     *
     * @param overlap how long the present text is accepted, zero to 366 days
     * @throws io.promptforge.dao.error.IllegalTransitionException if the key is revoked
     * @throws io.promptforge.dao.error.NotFoundException if there is no such key
     */
    IssuedApiKey rotate(UUID id, Duration overlap);

    /**
     * Revokes a key for ever: its texts are not accepted any more, from the next call on. Revoked again, it stays as it is.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such key
     */
    ApiKey revoke(UUID id);
}
