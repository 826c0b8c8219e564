package io.promptforge.dao.project;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The projects of a tenant.
 *
 * <p>Thread-safe, unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}. An id of another tenant is not found.
 */
public interface ProjectRepository {
    /**
     * Creates a project.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the name is taken
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user or the tenant does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    Project create(NewProject project);

    /**
     * Creates projects, all or none, in a number of statements that does not grow with the list.
     *
     * @return them as stored, in the given order
     * @throws io.promptforge.dao.error.FieldException as {@link #create(NewProject)}, with the path of the refused element
     */
    List<Project> create(List<NewProject> projects);

    /** The project with this id. */
    Optional<Project> find(UUID id);

    /** The project with this name, to the letter. */
    Optional<Project> findByName(String name);

    /** The projects with these ids, at most 1,000, by id and in their order; ids that are not found are left out. */
    Map<UUID, Project> findAll(Collection<UUID> ids);

    /**
     * A page of the projects that pass the filter.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<Project> list(ProjectFilter filter, ProjectOrder order, PageRequest page);

    /** Counts the projects that pass the filter. */
    long count(ProjectFilter filter);

    /**
     * Edits a project: archives it with {@code status(ProjectStatus.ARCHIVED)}, for example. The status is a label: the content
     * of an archived project can still be read and changed.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the new name is taken
     * @throws io.promptforge.dao.error.ConflictException if the project was changed after {@link ProjectChanges#ifUnchangedSince}
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such project
     */
    Project update(UUID id, ProjectChanges changes);

    /**
     * Deletes a project with its prompts, evaluations, traces and policies, all or nothing. Rows of other projects that refer to
     * them (a trace to the prompt it served, a result to its trace) stay and lose the reference. Takes time in proportion to
     * the number of traces, but constant memory.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such project
     */
    void delete(UUID id);
}
