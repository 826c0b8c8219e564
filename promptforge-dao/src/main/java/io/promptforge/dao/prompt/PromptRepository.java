package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The prompts of a tenant, their versions, and which version is live where. Thread-safe, unless it belongs to a
 * transaction.
 *
 * <p>Versions are only ever added: {@link #commit} and {@link #rollBack} write a prompt's history and change nothing of
 * what applications get. That moves by {@link #makeCurrent} for those that ask for no environment, and by {@link #deploy}
 * for those that ask for one.
 *
 * <p>Every method refuses null with an {@link io.promptforge.dao.error.InvalidValueException}, but where a parameter is
 * marked as nullable.
 */
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
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted, or a variable is used that is not
     *     among the declared ones (see {@link PromptVariables})
     */
    ResolvedPrompt create(NewPrompt prompt, NewPromptVersion firstVersion);

    /** The prompt with this id. */
    Optional<Prompt> find(UUID id);

    /** The project's prompt of this name, to the letter. */
    Optional<Prompt> findByName(UUID projectId, String name);

    /**
     * The prompts that pass the filter.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<Prompt> list(PromptFilter filter, PromptOrder order, PageRequest page);

    /**
     * Edits a prompt, archives it ({@code PromptChanges.none().status(PromptStatus.ARCHIVED)}) or takes it back into use.
     * The status says where people stand with it: an archived prompt is still resolved.
     *
     * @return its new state, whose lock version is greater by one if anything was set
     * @throws io.promptforge.dao.error.AlreadyExistsException if the project has another prompt of the new name
     * @throws io.promptforge.dao.error.ConflictException if its lock version is not the expected one
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt
     */
    Prompt update(UUID id, PromptChanges changes);

    /**
     * Deletes a prompt with its versions and deployments. Evaluations and traces of it stay, and no longer refer to it.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt
     */
    void delete(UUID id);

    /**
     * Adds a version behind the newest one, whichever that is. Any number of authors may do so at once: their versions
     * are numbered one after the other, without gaps.
     *
     * @return the new version; or the newest one, unchanged, if it says the same and has the same tags
     * @throws io.promptforge.dao.error.InvalidReferenceException if the author is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted, or a variable is used that is not
     *     among the declared ones (see {@link PromptVariables})
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt
     */
    Commit commit(UUID promptId, NewPromptVersion version);

    /**
     * Adds a version behind the one that its author saw as the newest.
     *
     * @param expectedHead the number of that version: {@link Prompt#latestVersionNumber()} when the author read it
     * @return as {@link #commit(UUID, NewPromptVersion)}
     * @throws io.promptforge.dao.error.ConflictException if there is a newer version, even one that says the same
     * @throws io.promptforge.dao.error.InvalidReferenceException if the author is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted, or a variable is used that is not
     *     among the declared ones (see {@link PromptVariables})
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt
     */
    Commit commit(UUID promptId, int expectedHead, NewPromptVersion version);

    /**
     * Commits what an older version says, with its tags, as a new version to go on from; its commit message tells where
     * it comes from. To have applications get an older version again, make that one current, or deploy it.
     *
     * @param author who rolls back, or null for a service
     * @return as {@link #commit(UUID, NewPromptVersion)}
     * @throws io.promptforge.dao.error.InvalidReferenceException if the author is not there ({@code created_by})
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt or version
     */
    Commit rollBack(UUID promptId, int versionNumber, @Nullable UUID author);

    /**
     * Makes a version the one that is served where no environment is asked for. If it is so already, nothing changes.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt or version
     */
    Prompt makeCurrent(UUID promptId, int versionNumber);

    /** The version with this id. */
    Optional<PromptVersion> findVersion(UUID versionId);

    /** The prompt's version of this number. */
    Optional<PromptVersion> findVersion(UUID promptId, int versionNumber);

    /**
     * The versions of a prompt, the newest first; none if there is no such prompt.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<PromptVersion> versions(UUID promptId, PageRequest page);

    /**
     * What changed from one version to another; they may be any two, also the newer one first.
     *
     * @throws io.promptforge.dao.error.NotFoundException if one of them is not there
     */
    PromptDiff diff(UUID promptId, int from, int to);

    /**
     * Makes a version live in an environment, and ends the deployment of the one that was, at the same moment. If the
     * version is live there already, nothing changes. Of several who deploy at once, one comes after the other.
     *
     * @param environment production, staging or any name, 1 to 100 characters, to the letter
     * @param deployedBy the user who does so, or null for a service
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user is not there
     * @throws io.promptforge.dao.error.InvalidValueException if the name of the environment is blank or too long
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt or version
     */
    Rollout deploy(UUID promptId, int versionNumber, String environment, @Nullable UUID deployedBy);

    /**
     * Ends what is live in an environment, so that none is.
     *
     * @param endedBy the user who does so, or null for a service
     * @return the deployment that ended; empty if there was none
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user is not there
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt
     */
    Optional<PromptDeployment> withdraw(UUID promptId, String environment, @Nullable UUID endedBy);

    /**
     * What is live of a prompt, one deployment per environment, by the environment's name.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<PromptDeployment> liveDeployments(UUID promptId, PageRequest page);

    /**
     * What is and was live of a prompt in any environment, the latest deployment first.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<PromptDeployment> deploymentHistory(UUID promptId, PageRequest page);

    /**
     * What is and was live of a prompt in one environment, the latest deployment first.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<PromptDeployment> deploymentHistory(UUID promptId, String environment, PageRequest page);

    /** The project's prompt of this name, to the letter, with its current version. One round trip. */
    Optional<ResolvedPrompt> resolve(UUID projectId, String name);

    /**
     * The project's prompt of this name with the version that is live in an environment, both to the letter; empty also
     * when none is live there: the current version does not stand in for it. One round trip.
     */
    Optional<ResolvedPrompt> resolve(UUID projectId, String name, String environment);
}
