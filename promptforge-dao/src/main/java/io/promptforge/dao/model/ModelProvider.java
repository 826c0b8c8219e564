package io.promptforge.dao.model;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ProviderType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A service that runs models.
 *
 * @param id the id
 * @param name the display name, unique in the organization
 * @param type the API that it speaks
 * @param description the description
 * @param baseUrl the root of the API; empty for the usual one of the type
 * @param configuration further settings, a JSON object without secrets
 * @param active whether it is offered
 * @param isDefault whether it is the default provider of the organization
 * @param maskedApiKey the end of the API key behind an ellipsis, if one is stored; see {@link ModelProviderRepository#findApiKey}
 * @param createdAt when it was created
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
        Optional<String> maskedApiKey,
        Instant createdAt,
        Instant updatedAt) {}
