package io.promptforge.dao.project;

import static io.promptforge.schema.jooq.Tables.PROJECTS;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;

/** Maps rows to projects. */
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
