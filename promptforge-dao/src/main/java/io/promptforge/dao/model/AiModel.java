package io.promptforge.dao.model;

import io.promptforge.dao.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * A model of a provider.
 *
 * @param id the id
 * @param providerId the provider that runs it
 * @param name the display name
 * @param providerModelId the name that the provider's API takes, unique per provider
 * @param aliases other names by which telemetry reports it, see {@link ModelRepository#resolve}
 * @param description the description
 * @param capabilities what it can do besides answering in text
 * @param contextLength the greatest number of input and output tokens together; empty when it is unknown
 * @param prices the prices that hold now, see {@link ModelRepository#prices}
 * @param defaultParameters the request parameters where a prompt has none, a JSON object
 * @param active whether it is offered for new work
 * @param deprecated whether the provider has announced its end
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 */
public record AiModel(
        UUID id,
        UUID providerId,
        String name,
        String providerModelId,
        List<String> aliases,
        Optional<String> description,
        Set<ModelCapability> capabilities,
        OptionalInt contextLength,
        ModelPrices prices,
        Json defaultParameters,
        boolean active,
        boolean deprecated,
        Instant createdAt,
        Instant updatedAt) {}
