package io.promptforge.dao.prompt;

import io.promptforge.schema.type.PromptStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A named prompt; what it says is in its versions.
 *
 * @param id its key
 * @param projectId the project it belongs to
 * @param name the name that applications ask for, unique in the project
 * @param description free text
 * @param category a free word to group prompts by
 * @param status where it stands
 * @param currentVersionId the version served where no environment is asked for
 * @param latestVersionNumber the number of the newest version
 * @param lockVersion grows by one with each edit, commit and change of the current version; hand it back with an edit of your
 *     own, see {@link PromptChanges#ifLockVersion}
 * @param createdBy the user who made it; empty when a service did
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
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
        int lockVersion,
        Optional<UUID> createdBy,
        Instant createdAt,
        Instant updatedAt) {}
