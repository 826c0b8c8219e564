package io.promptforge.dao.evaluator;

import io.promptforge.schema.type.EvaluatorKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What judges results. What it is made of is in its versions.
 *
 * @param id its key
 * @param name display name, unique in the organization
 * @param description free text
 * @param category what it judges, such as {@code quality} or {@code safety}
 * @param kind what it is
 * @param tags its tags, sorted
 * @param active whether it is offered for new evaluations
 * @param latestVersion the number of its newest version
 * @param createdBy the user who created it; empty if a service did
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 */
public record Evaluator(
        UUID id,
        String name,
        Optional<String> description,
        String category,
        EvaluatorKind kind,
        List<String> tags,
        boolean active,
        int latestVersion,
        Optional<UUID> createdBy,
        Instant createdAt,
        Instant updatedAt) {}
