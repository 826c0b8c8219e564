package io.promptforge.dao.project;

import static io.promptforge.schema.jooq.Tables.PROJECTS;
import static io.promptforge.schema.jooq.Tables.PROMPTS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.noCondition;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.Columns;
import io.promptforge.dao.internal.deletion.Deletion;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.query.Keyset;
import io.promptforge.dao.internal.write.RowUpdate;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.jooq.tables.records.ProjectsRecord;
import io.promptforge.schema.type.ProjectStatus;
import java.util.List;
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
        Check.present("project", project);
        return session.write(dsl -> dsl.insertInto(PROJECTS)
                .set(PROJECTS.ORGANIZATION_ID, session.organizationId())
                .set(PROJECTS.ID, Ids.next())
                .set(PROJECTS.NAME, project.name())
                .set(PROJECTS.DESCRIPTION, project.description())
                .set(PROJECTS.STATUS, project.status())
                .set(PROJECTS.TRACE_RETENTION_DAYS, project.traceRetentionDays())
                .set(PROJECTS.CREATED_BY, project.createdBy())
                .returning()
                .fetchSingle(JooqProjectRepository::project));
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
    public Page<Project> list(ProjectFilter filter, ProjectOrder order, PageRequest page) {
        Check.present("filter", filter);
        Keyset keyset = keyset(List.of("projects", session.organizationId(), filter), Check.present("order", order));
        return session.run(dsl -> keyset.fetch(
                dsl,
                dsl.selectFrom(PROJECTS).where(ofTenant()).and(passes(filter)),
                page,
                JooqProjectRepository::project));
    }

    @Override
    public Project update(UUID id, ProjectChanges changes) {
        Check.present("id", id);
        Check.present("changes", changes);
        return project(new RowUpdate<>(PROJECTS, "project", is(id), id).apply(session.session(), changes.changes()));
    }

    @Override
    public Project archive(UUID id) {
        return update(id, ProjectChanges.none().status(ProjectStatus.ARCHIVED));
    }

    @Override
    public Project restore(UUID id) {
        return update(id, ProjectChanges.none().status(ProjectStatus.ACTIVE));
    }

    @Override
    public void delete(UUID id) {
        Check.present("id", id);
        session.transaction(tx -> {
            lock(tx, id);
            Deletion.traces(tx, TRACES.PROJECT_ID.eq(id));
            Deletion.detachPrompts(tx, PROMPTS.PROJECT_ID.eq(id));
            return tx.run(dsl -> dsl.deleteFrom(PROJECTS).where(is(id)).execute());
        });
    }

    /** Whoever adds to the project must share a lock on its row, so from now on nobody does. */
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
        return session.run(dsl -> dsl.selectFrom(PROJECTS)
                .where(ofTenant().and(condition))
                .fetchOptional(JooqProjectRepository::project));
    }

    private Condition is(UUID id) {
        return ofTenant().and(PROJECTS.ID.eq(id));
    }

    private Condition ofTenant() {
        return PROJECTS.ORGANIZATION_ID.eq(session.organizationId());
    }

    private static Condition passes(ProjectFilter filter) {
        Condition status = filter.statuses().isEmpty() ? noCondition() : PROJECTS.STATUS.in(filter.statuses());
        Condition text = filter.text()
                .map(part -> PROJECTS.NAME.containsIgnoreCase(part).or(PROJECTS.DESCRIPTION.containsIgnoreCase(part)))
                .orElse(noCondition());
        return status.and(text);
    }

    private static Keyset keyset(List<?> list, ProjectOrder order) {
        return switch (order) {
            case BY_NAME -> Keyset.ascending(list, PROJECTS.NAME);
            case NEWEST_FIRST -> Keyset.descending(list, PROJECTS.CREATED_AT, PROJECTS.ID);
            case OLDEST_FIRST -> Keyset.ascending(list, PROJECTS.CREATED_AT, PROJECTS.ID);
            case RECENTLY_UPDATED_FIRST -> Keyset.descending(list, PROJECTS.UPDATED_AT, PROJECTS.ID);
        };
    }

    private static Project project(ProjectsRecord row) {
        return new Project(
                row.getId(),
                row.getName(),
                Optional.ofNullable(row.getDescription()),
                row.getStatus(),
                Columns.optionalInt(row.getTraceRetentionDays()),
                Optional.ofNullable(row.getCreatedBy()),
                row.getCreatedAt(),
                row.getUpdatedAt());
    }
}
