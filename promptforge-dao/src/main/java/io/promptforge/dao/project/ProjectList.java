package io.promptforge.dao.project;

import static io.promptforge.schema.jooq.Tables.PROJECTS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.query.SortOrders;
import java.util.Map;

/** The lists of projects: what each criterion of a filter is in SQL, and the orders. */
final class ProjectList {
    private static final Conditions CONDITIONS = Conditions.ofTenant(PROJECTS.ORGANIZATION_ID)
            .anyOf(ProjectFilter.STATUS, PROJECTS.STATUS)
            .mentions(ProjectFilter.TEXT, PROJECTS.NAME, PROJECTS.DESCRIPTION);

    static final SortOrders<ProjectOrder> ORDERS = new SortOrders<>(
            ProjectOrder.class,
            Map.of(
                    ProjectOrder.BY_NAME, SortOrder.ascending(PROJECTS.NAME),
                    ProjectOrder.NEWEST_FIRST, SortOrder.descending(PROJECTS.CREATED_AT, PROJECTS.ID),
                    ProjectOrder.OLDEST_FIRST, SortOrder.ascending(PROJECTS.CREATED_AT, PROJECTS.ID),
                    ProjectOrder.RECENTLY_UPDATED_FIRST, SortOrder.descending(PROJECTS.UPDATED_AT, PROJECTS.ID)));

    static final ListQuery<Project> LIST = new ListQuery<>("projects", PROJECTS, CONDITIONS, ProjectRows.PROJECT);

    private ProjectList() {}
}
