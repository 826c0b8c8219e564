package io.promptforge.dao.project;

import static io.promptforge.schema.jooq.Tables.PROJECTS;
import static io.promptforge.schema.jooq.Tables.PROMPTS;
import static io.promptforge.schema.jooq.Tables.TRACES;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.deletion.PromptReferences;
import io.promptforge.dao.internal.deletion.TraceDeletion;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.ListInsert;
import io.promptforge.dao.internal.write.RowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;

/** Stores projects by jOOQ. */
public final class JooqProjectRepository implements ProjectRepository {
    private static final ListInsert<?, Project> LIST = new ListInsert<>(PROJECTS, ProjectRows.PROJECT, Project::id);

    private final TenantSession session;

    /** The projects of a session's tenant. */
    public JooqProjectRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public Project create(NewProject project) {
        Check.present("project", project);
        return session.write(dsl -> ProjectRows.PROJECT.fetchSingle(dsl.insertInto(PROJECTS)
                .set(PROJECTS.ORGANIZATION_ID, session.organizationId())
                .set(PROJECTS.ID, Ids.next())
                .set(project.values().of(PROJECTS))
                .returning(ProjectRows.PROJECT.fields())));
    }

    @Override
    public List<Project> create(List<NewProject> projects) {
        return LIST.all(session, "projects", Check.list("projects", projects), NewProject::values);
    }

    @Override
    public Optional<Project> find(UUID id) {
        return findWhere(PROJECTS.ID.eq(Check.present("id", id)));
    }

    @Override
    public Optional<Project> findByName(String name) {
        return findWhere(PROJECTS.NAME.eq(Check.text("name", name)));
    }

    @Override
    public Map<UUID, Project> findAll(Collection<UUID> ids) {
        return RowsById.fetch(session, PROJECTS, PROJECTS.ORGANIZATION_ID, PROJECTS.ID, ids, ProjectRows.PROJECT);
    }

    @Override
    public Page<Project> list(ProjectFilter filter, ProjectOrder order, PageRequest page) {
        return ProjectList.LIST.page(
                session, Check.present("filter", filter).criteria(), ProjectList.ORDERS.get(order), page);
    }

    @Override
    public long count(ProjectFilter filter) {
        return ProjectList.LIST.count(session, Check.present("filter", filter).criteria());
    }

    @Override
    public Project update(UUID id, ProjectChanges changes) {
        Check.present("id", id);
        Check.present("changes", changes);
        return new RowUpdate<>(PROJECTS, ProjectRows.PROJECT, "project", is(id), id)
                .apply(session.session(), changes.changes());
    }

    @Override
    public void delete(UUID id) {
        Check.present("id", id);
        session.transaction(tx -> {
            lock(tx, id);
            TraceDeletion.deleteWhere(tx, TRACES.PROJECT_ID.eq(id));
            PromptReferences.clear(tx, PROMPTS.PROJECT_ID.eq(id));
            return tx.run(dsl -> dsl.deleteFrom(PROJECTS).where(is(id)).execute());
        });
    }

    /** An insert into the project must share a lock on its row, so none succeeds until this transaction ends. */
    private void lock(TenantSession tx, UUID id) {
        boolean there = tx.run(dsl -> dsl.select(PROJECTS.ID)
                        .from(PROJECTS)
                        .where(is(id))
                        .forUpdate()
                        .fetchOptional())
                .isPresent();
        if (!there) {
            throw new NotFoundException("project", id);
        }
    }

    private Optional<Project> findWhere(Condition condition) {
        return session.run(dsl -> ProjectRows.PROJECT.fetchOptional(dsl.select(ProjectRows.PROJECT.fields())
                .from(PROJECTS)
                .where(ofTenant().and(condition))));
    }

    private Condition is(UUID id) {
        return ofTenant().and(PROJECTS.ID.eq(id));
    }

    private Condition ofTenant() {
        return PROJECTS.ORGANIZATION_ID.eq(session.organizationId());
    }
}
