package io.promptforge.dao.model;

import io.promptforge.dao.json.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * A model of a provider.
 *
 * @param id its key
 * @param providerId the provider that runs it
 * @param name display name
 * @param providerModelId the name the provider's API takes, unique per provider
 * @param description free text
 * @param capabilities what it can do beside answering in text
 * @param contextLength most tokens of input and output together; empty when unknown
 * @param prices what it costs
 * @param defaultParameters a JSON object of request parameters used where a prompt names none
 * @param active false when it is not offered for new work
 * @param deprecated true when the provider has announced its end
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 */
public record AiModel(
        UUID id,
        UUID providerId,
        String name,
        String providerModelId,
        Optional<String> description,
        Set<ModelCapability> capabilities,
        OptionalInt contextLength,
        ModelPrices prices,
        Json defaultParameters,
        boolean active,
        boolean deprecated,
        Instant createdAt,
        Instant updatedAt) {}
