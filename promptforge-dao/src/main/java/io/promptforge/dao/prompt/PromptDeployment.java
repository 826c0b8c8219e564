package io.promptforge.dao.prompt;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A version of a prompt in an environment, from its deployment to its end.
 *
 * @param id its key
 * @param promptId the prompt
 * @param promptVersionId the version that is or was live
 * @param versionNumber the number of that version
 * @param environment where: production, staging or any name
 * @param deployedBy the user who deployed it; empty when a service did
 * @param deployedAt when it became live
 * @param endedBy the user who replaced or withdrew it; empty while it is live, or when a service did
 * @param endedAt when it ended; empty while it is live. If another version replaced it, the moment at which that version
 *     became live
 */
public record PromptDeployment(
        UUID id,
        UUID promptId,
        UUID promptVersionId,
        int versionNumber,
        String environment,
        Optional<UUID> deployedBy,
        Instant deployedAt,
        Optional<UUID> endedBy,
        Optional<Instant> endedAt) {
    /** Whether the version is live there now. */
    public boolean isLive() {
        return endedAt.isEmpty();
    }
}
