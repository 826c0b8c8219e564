package io.promptforge.dao.project;

import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Optional;
import java.util.UUID;

/** The projects of a tenant. Thread-safe, unless it belongs to a transaction. */
public interface ProjectRepository {
    /** For the library's own use: the repository over a session. */
    static ProjectRepository over(TenantSession session) {
        return new JooqProjectRepository(session);
    }

    /**
     * Makes a project.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the name is taken
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user or the tenant is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    Project create(NewProject project);

    /** The project with this id. */
    Optional<Project> find(UUID id);

    /** The project with this name, to the letter. */
    Optional<Project> findByName(String name);

    /** The projects that the filter lets through. */
    Page<Project> list(ProjectFilter filter, ProjectOrder order, PageRequest page);

    /**
     * Changes a project.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the new name is taken
     * @throws io.promptforge.dao.error.ConflictException if the changes were made from an older state
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Project update(UUID id, ProjectChanges changes);

    /**
     * Puts a project away: it is kept for its history, and its status becomes archived. Its content can still be read
     * and changed; whether it may be used is for the caller to say.
     *
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Project archive(UUID id);

    /**
     * Takes a project into use, or into use again: its status becomes active.
     *
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Project restore(UUID id);

    /**
     * Deletes a project with its prompts, evaluations, traces and policies, all or nothing. There is no way back. What
     * other projects have that refers to them (a trace to the prompt it served, a result to its trace) stays and loses
     * the reference. Takes time with the number of traces, but no more memory.
     *
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    void delete(UUID id);
}
