package io.promptforge.dao.organization;

import io.promptforge.dao.json.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A tenant.
 *
 * @param id its key
 * @param name display name, unique over the platform
 * @param slug name for URLs, unique over the platform
 * @param description free text
 * @param settings a JSON object of preferences
 * @param traceRetentionDays how many days traces are kept from their start, where their project does not say; empty for
 *     ever
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 */
public record Organization(
        UUID id,
        String name,
        String slug,
        Optional<String> description,
        Json settings,
        OptionalInt traceRetentionDays,
        Instant createdAt,
        Instant updatedAt) {}
