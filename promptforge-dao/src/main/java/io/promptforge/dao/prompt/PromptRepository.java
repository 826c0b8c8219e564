package io.promptforge.dao.prompt;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The prompts of a tenant, their versions, and which version is live where.
 *
 * <p>Thread-safe, unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}, except where a parameter is marked as nullable. An id of another
 * tenant is not found.
 *
 * <p>Versions are only added: {@link #commit} and {@link #rollback} write a prompt's history and do not change what
 * applications get. {@link #makeCurrent} changes that for applications that ask for no environment, {@link #deploy} for those
 * that ask for one.
 */
public interface PromptRepository {
    /**
     * Creates a prompt with its first version, which becomes the current one; both or neither.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the name is taken in the project
     * @throws io.promptforge.dao.error.InvalidReferenceException if the project, a user or the tenant does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted, or a variable is used that the schema does
     *     not allow (see {@link PromptVariables} and {@link NewPromptVersion#variableCheck})
     * @throws io.promptforge.dao.error.TemplateSyntaxException if a text is no template of the version's format
     */
    ResolvedPrompt create(NewPrompt prompt, NewPromptVersion firstVersion);

    /**
     * Creates prompts, each with the first version at its place in the other list, all or none, in a number of statements that does not grow with the list.
     *
     * @return them as stored, in the given order
     * @throws io.promptforge.dao.error.FieldException as {@link #create(NewPrompt, NewPromptVersion)}, with the path of the refused element
     */
    List<ResolvedPrompt> create(List<NewPrompt> prompts, List<NewPromptVersion> firstVersions);

    /** The prompt with this id. */
    Optional<Prompt> find(UUID id);

    /** The project's prompt with this name, to the letter. */
    Optional<Prompt> findByName(UUID projectId, String name);

    /** The prompts with these ids, at most 1,000, by id and in their order; ids that are not found are left out. */
    Map<UUID, Prompt> findAll(Collection<UUID> ids);

    /**
     * A page of the prompts that pass the filter.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<Prompt> list(PromptFilter filter, PromptOrder order, PageRequest page);

    /** Counts the prompts that pass the filter. */
    long count(PromptFilter filter);

    /**
     * Edits a prompt: archives it with {@code status(PromptStatus.ARCHIVED)}, for example. The status is a label: an archived
     * prompt can still be changed and resolved.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the new name is taken in the project
     * @throws io.promptforge.dao.error.ConflictException if the prompt was changed after {@link PromptChanges#ifUnchangedSince}
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt
     */
    Prompt update(UUID id, PromptChanges changes);

    /**
     * Deletes a prompt with its versions and deployments. Its evaluations and traces stay and lose the reference.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt
     */
    void delete(UUID id);

    /**
     * Adds a version behind the newest one. Concurrent commits take turns: their versions are numbered one after the other,
     * without gaps.
     *
     * @return the new version; or the newest one, unchanged, if its content and tags are equal. Content is compared as it is written:
     *     documents whose members have another order are another content
     * @throws io.promptforge.dao.error.InvalidReferenceException if the author does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted, or a variable is used that the schema does
     *     not allow (see {@link PromptVariables} and {@link NewPromptVersion#variableCheck})
     * @throws io.promptforge.dao.error.TemplateSyntaxException if a text is no template of the version's format
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt
     */
    Commit commit(UUID promptId, NewPromptVersion version);

    /**
     * Adds versions behind the newest one, in the order of the list, all or none, in a number of statements that does not grow with
     * the list. One that equals the version before it is not added: its commit has that version.
     *
     * @return the commits, in the given order
     * @throws io.promptforge.dao.error.FieldException as {@link #commit(UUID, NewPromptVersion)}, with the path of the refused element
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt
     */
    List<Commit> commit(UUID promptId, List<NewPromptVersion> versions);

    /**
     * Adds a version behind the one that its author read as the newest.
     *
     * @param expectedHead the number of that version: {@link Prompt#latestVersionNumber()} when the author read it
     * @return as {@link #commit(UUID, NewPromptVersion)}
     * @throws io.promptforge.dao.error.ConflictException if there is a newer version, even one with equal content
     * @throws io.promptforge.dao.error.InvalidReferenceException if the author does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted, or a variable is used that the schema does
     *     not allow (see {@link PromptVariables} and {@link NewPromptVersion#variableCheck})
     * @throws io.promptforge.dao.error.TemplateSyntaxException if a text is no template of the version's format
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt
     */
    Commit commit(UUID promptId, int expectedHead, NewPromptVersion version);

    /**
     * Commits the content and the tags of an older version as a new one; its commit message names the older version. What
     * applications get does not change: to serve an older version again, make it current or deploy it.
     *
     * @param author the user who rolls back, or null for a service
     * @return as {@link #commit(UUID, NewPromptVersion)}
     * @throws io.promptforge.dao.error.InvalidReferenceException if the author does not exist ({@code created_by})
     * @throws io.promptforge.dao.error.InvalidValueException if the version is redacted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt or version
     */
    Commit rollback(UUID promptId, int versionNumber, @Nullable UUID author);

    /**
     * Makes a version the one that is served where no environment is asked for. Changes nothing if it is current already.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the version is redacted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt or version
     */
    Prompt makeCurrent(UUID promptId, int versionNumber);

    /** The version with this id. */
    Optional<PromptVersion> findVersion(UUID versionId);

    /** The prompt's version with this number. */
    Optional<PromptVersion> findVersion(UUID promptId, int versionNumber);

    /** The versions with these ids, at most 1,000, by id and in their order; ids that are not found are left out. */
    Map<UUID, PromptVersion> findAllVersions(Collection<UUID> versionIds);

    /**
     * The current versions of the prompts with these ids, at most 1,000, by the prompt's id and in the order of the ids;
     * prompts that are not found are left out.
     */
    Map<UUID, PromptVersion> currentVersions(Collection<UUID> promptIds);

    /**
     * A page of a prompt's versions, the newest first; empty if there is no such prompt.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<PromptVersion> versions(UUID promptId, PageRequest page);

    /**
     * The changes from one version to another, which may be older.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt or version
     */
    PromptDiff diff(UUID promptId, int from, int to);

    /**
     * Replaces the content of a version by a note, for good: its messages, tools, response format, variables and model configuration.
     * Its number, hash, tags, commit message and place in the history stay. It stays current or live where it is, but it cannot be
     * rendered, made current, deployed or rolled back to from then on. A version that is redacted already stays as it is.
     *
     * @param note what stands where the content was, such as the reason; 1 to 1,000 characters
     * @param redactedBy the user who redacts, or null for a service
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if the note is blank or too long
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt or version
     */
    PromptVersion redactVersion(UUID promptId, int versionNumber, String note, @Nullable UUID redactedBy);

    /**
     * Makes a version live in an environment; the deployment that was live there ends at that moment.
     * Changes nothing if the version is live there already. Concurrent deployments of a prompt take turns.
     *
     * @param environment production, staging or any name, 1 to 100 characters, to the letter
     * @param deployedBy the user who deploys, or null for a service
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if the environment's name is blank or too long, or the version is
     *     redacted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt or version
     */
    Rollout deploy(UUID promptId, int versionNumber, String environment, @Nullable UUID deployedBy);

    /**
     * Makes a version live in several environments at one moment, all or none; otherwise as
     * {@link #deploy(UUID, int, String, UUID)}. Only deployments that end are written one by one.
     *
     * @return the outcomes, in the order of the environments; of one that is given twice, the second is not new
     */
    List<Rollout> deploy(UUID promptId, int versionNumber, List<String> environments, @Nullable UUID deployedBy);

    /**
     * Ends the live deployment of an environment, so that no version is live there.
     *
     * @param endedBy the user who withdraws, or null for a service
     * @return the deployment that ended; empty if there was none
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if the environment's name is blank
     * @throws io.promptforge.dao.error.NotFoundException if there is no such prompt
     */
    Optional<PromptDeployment> withdraw(UUID promptId, String environment, @Nullable UUID endedBy);

    /**
     * A page of a prompt's live deployments, one per environment, by the environment's name.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<PromptDeployment> liveDeployments(UUID promptId, PageRequest page);

    /**
     * A page of a prompt's deployments in all environments, live or ended, the latest first.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<PromptDeployment> deploymentHistory(UUID promptId, PageRequest page);

    /**
     * A page of a prompt's deployments in one environment, live or ended, the latest first.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<PromptDeployment> deploymentHistory(UUID promptId, String environment, PageRequest page);

    /** The project's prompt with this name, to the letter, with its current version. One round trip. */
    Optional<ResolvedPrompt> resolve(UUID projectId, String name);

    /**
     * The project's prompt with this name and the version that is live in an environment, both to the letter. Empty also if no
     * version is live there: the current version is not a fallback. One round trip.
     */
    Optional<ResolvedPrompt> resolve(UUID projectId, String name, String environment);
}
