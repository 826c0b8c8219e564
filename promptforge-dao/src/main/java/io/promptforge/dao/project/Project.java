package io.promptforge.dao.project;

import io.promptforge.schema.type.ProjectStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * One application of an organization.
 *
 * @param id its key
 * @param name display name, unique in the organization
 * @param description free text
 * @param status where it stands
 * @param traceRetentionDays how many days its traces are kept from their start; empty: as the organization says
 * @param createdBy the user who made it; empty when a service did
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 */
public record Project(
        UUID id,
        String name,
        Optional<String> description,
        ProjectStatus status,
        OptionalInt traceRetentionDays,
        Optional<UUID> createdBy,
        Instant createdAt,
        Instant updatedAt) {}
