package io.promptforge.dao.project;

import io.promptforge.dao.internal.TenantSession;
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

    /** All projects, the oldest first. */
    Page<Project> list(PageRequest page);
}
