package io.promptforge.dao.model;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ProviderType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A service that runs models.
 *
 * @param id its key
 * @param name display name, unique in the organization
 * @param type whose API it speaks
 * @param description free text
 * @param baseUrl root of the API; empty means the type's usual one
 * @param configuration a JSON object of further settings, never secrets
 * @param active false when it is offered no more
 * @param isDefault whether it is used where none is named
 * @param hasApiKey whether an API key is stored; see {@link ModelRepository#findEncryptedApiKey}
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 */
public record ModelProvider(
        UUID id,
        String name,
        ProviderType type,
        Optional<String> description,
        Optional<String> baseUrl,
        Json configuration,
        boolean active,
        boolean isDefault,
        boolean hasApiKey,
        Instant createdAt,
        Instant updatedAt) {}
