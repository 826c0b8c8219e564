package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.TenantSession;
import java.util.Optional;
import java.util.UUID;

/** The prompts of a tenant and their versions. Thread-safe, unless it belongs to a transaction. */
public interface PromptRepository {
    /** For the library's own use: the repository over a session. */
    static PromptRepository over(TenantSession session) {
        return new JooqPromptRepository(session);
    }

    /**
     * Makes a prompt with its first version, which becomes the current one; both or neither.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the project has a prompt of this name
     * @throws io.promptforge.dao.error.InvalidReferenceException if the project or the user is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    ResolvedPrompt create(NewPrompt prompt, NewPromptVersion firstVersion);

    /** The prompt with this id. */
    Optional<Prompt> find(UUID id);

    /** The project's prompt of this name, to the letter, with its current version. */
    Optional<ResolvedPrompt> resolve(UUID projectId, String name);
}
