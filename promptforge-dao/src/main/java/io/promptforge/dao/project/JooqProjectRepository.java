package io.promptforge.dao.project;

import static io.promptforge.schema.jooq.Tables.PROJECTS;

import io.promptforge.dao.internal.Ids;
import io.promptforge.dao.internal.Keyset;
import io.promptforge.dao.internal.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.jooq.tables.records.ProjectsRecord;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;

final class JooqProjectRepository implements ProjectRepository {
    private final TenantSession session;

    JooqProjectRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public Project create(NewProject project) {
        return session.run(dsl -> dsl.insertInto(PROJECTS)
                .set(PROJECTS.ORGANIZATION_ID, session.organizationId())
                .set(PROJECTS.ID, Ids.next())
                .set(PROJECTS.NAME, project.name())
                .set(PROJECTS.DESCRIPTION, project.description())
                .set(PROJECTS.STATUS, project.status())
                .set(PROJECTS.CREATED_BY, project.createdBy())
                .returning()
                .fetchSingle(JooqProjectRepository::project));
    }

    @Override
    public Optional<Project> find(UUID id) {
        return findWhere(PROJECTS.ID.eq(id));
    }

    @Override
    public Optional<Project> findByName(String name) {
        return findWhere(PROJECTS.NAME.eq(name));
    }

    @Override
    public Page<Project> list(PageRequest page) {
        return session.run(
                dsl -> new Keyset<>("projects of " + session.organizationId(), PROJECTS.CREATED_AT, PROJECTS.ID)
                        .fetch(dsl.selectFrom(PROJECTS).where(ofTenant()), page, JooqProjectRepository::project));
    }

    private Optional<Project> findWhere(Condition condition) {
        return session.run(dsl -> dsl.selectFrom(PROJECTS)
                .where(ofTenant().and(condition))
                .fetchOptional(JooqProjectRepository::project));
    }

    private Condition ofTenant() {
        return PROJECTS.ORGANIZATION_ID.eq(session.organizationId());
    }

    private static Project project(ProjectsRecord row) {
        return new Project(
                row.getId(),
                row.getName(),
                Optional.ofNullable(row.getDescription()),
                row.getStatus(),
                Optional.ofNullable(row.getCreatedBy()),
                row.getCreatedAt(),
                row.getUpdatedAt());
    }
}
