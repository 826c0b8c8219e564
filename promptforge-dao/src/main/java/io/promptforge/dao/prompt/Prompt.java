package io.promptforge.dao.prompt;

import io.promptforge.schema.type.PromptStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A named prompt; its content is in its versions.
 *
 * @param id its key
 * @param projectId the project it belongs to
 * @param name the name that applications ask for, unique in the project
 * @param description free text
 * @param category a free word to group prompts by
 * @param status where it stands
 * @param currentVersionId the version served where no environment is asked for
 * @param latestVersionNumber the number of the newest version
 * @param createdBy the user who created it; empty when a service did
 * @param createdAt when it was created
 * @param updatedAt when it was last edited, committed to or given another current version; see
 *     {@link PromptChanges#ifUnchangedSince}
 */
public record Prompt(
        UUID id,
        UUID projectId,
        String name,
        Optional<String> description,
        Optional<String> category,
        PromptStatus status,
        Optional<UUID> currentVersionId,
        int latestVersionNumber,
        Optional<UUID> createdBy,
        Instant createdAt,
        Instant updatedAt) {}
