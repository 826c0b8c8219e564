package io.promptforge.dao.project;

import static io.promptforge.schema.jooq.Tables.PROJECTS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.query.SortOrders;
import java.util.Map;

/** How projects are read: rows to records, the conditions of the filter, and the orders of the list. */
final class ProjectRows {
    static final RowReader<Project> PROJECT = RowReader.of(
            Selection.of(
                    PROJECTS.ID,
                    PROJECTS.NAME,
                    PROJECTS.DESCRIPTION,
                    PROJECTS.STATUS,
                    PROJECTS.TRACE_RETENTION_DAYS,
                    PROJECTS.CREATED_BY,
                    PROJECTS.CREATED_AT,
                    PROJECTS.UPDATED_AT),
            ProjectRows::project);

    private static final Conditions CONDITIONS = Conditions.ofTenant(PROJECTS.ORGANIZATION_ID)
            .anyOf(ProjectFilter.STATUS, PROJECTS.STATUS)
            .mentions(ProjectFilter.TEXT, PROJECTS.NAME, PROJECTS.DESCRIPTION);

    static final SortOrders<ProjectOrder> ORDERS = new SortOrders<>(ProjectOrder.class, Map.of(
            ProjectOrder.BY_NAME, SortOrder.ascending(PROJECTS.NAME),
            ProjectOrder.NEWEST_FIRST, SortOrder.descending(PROJECTS.CREATED_AT, PROJECTS.ID),
            ProjectOrder.OLDEST_FIRST, SortOrder.ascending(PROJECTS.CREATED_AT, PROJECTS.ID),
            ProjectOrder.RECENTLY_UPDATED_FIRST, SortOrder.descending(PROJECTS.UPDATED_AT, PROJECTS.ID)));

    static final ListQuery<Project> LIST = new ListQuery<>("projects", PROJECTS, CONDITIONS, PROJECT);

    private ProjectRows() {}

    private static Project project(ResultRow row) {
        return new Project(
                row.take(PROJECTS.ID),
                row.take(PROJECTS.NAME),
                row.takeOptional(PROJECTS.DESCRIPTION),
                row.take(PROJECTS.STATUS),
                row.takeOptionalInt(PROJECTS.TRACE_RETENTION_DAYS),
                row.takeOptional(PROJECTS.CREATED_BY),
                row.take(PROJECTS.CREATED_AT),
                row.take(PROJECTS.UPDATED_AT));
    }
}
