package com.example.usage;

import static io.promptforge.schema.jooq.Tables.ORGANIZATIONS;
import static io.promptforge.schema.jooq.Tables.PROJECTS;
import static org.jooq.impl.DSL.count;

import io.promptforge.schema.Migrations;
import io.promptforge.schema.jooq.tables.records.ProjectsRecord;
import io.promptforge.schema.type.ProjectStatus;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Who uses the platform how much, over all organizations. */
public final class UsageReport {
    private final DSLContext sql;

    private UsageReport(DSLContext sql) {
        this.sql = sql;
    }

    /** Brings the schema up to date first. */
    public static UsageReport open(DataSource dataSource) {
        Migrations.apply(dataSource);
        return new UsageReport(DSL.using(dataSource, SQLDialect.POSTGRES));
    }

    /** The number of projects of each organization, by its slug. */
    public Map<String, Integer> projects() {
        return sql.select(ORGANIZATIONS.SLUG, count(PROJECTS.ID))
                .from(ORGANIZATIONS)
                .leftJoin(PROJECTS)
                .on(PROJECTS.ORGANIZATION_ID.eq(ORGANIZATIONS.ID))
                .groupBy(ORGANIZATIONS.ID)
                .orderBy(ORGANIZATIONS.SLUG)
                .fetchMap(ORGANIZATIONS.SLUG, count(PROJECTS.ID));
    }

    /** The projects that are still drafts, oldest first. */
    public List<ProjectsRecord> drafts() {
        return sql.selectFrom(PROJECTS)
                .where(PROJECTS.STATUS.eq(ProjectStatus.DRAFT))
                .orderBy(PROJECTS.CREATED_AT, PROJECTS.ID)
                .fetch();
    }
}
