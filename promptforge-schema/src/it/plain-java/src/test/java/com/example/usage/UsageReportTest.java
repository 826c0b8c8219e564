package com.example.usage;

import static io.promptforge.schema.jooq.Tables.ORGANIZATIONS;
import static io.promptforge.schema.jooq.Tables.PROJECTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.schema.jooq.tables.records.OrganizationsRecord;
import io.promptforge.schema.jooq.tables.records.ProjectsRecord;
import io.promptforge.schema.type.ProjectStatus;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UsageReportTest {
    private static EmbeddedPostgres server;
    private static UsageReport report;
    private static DSLContext sql;

    @BeforeAll
    static void open() {
        server = EmbeddedPostgres.start();
        DataSource dataSource = server.dataSource("postgres");
        report = UsageReport.open(dataSource);
        sql = DSL.using(dataSource, SQLDialect.POSTGRES);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void countsTheProjectsOfEachOrganizationAndListsTheDrafts() {
        UUID acme = organization("acme");
        organization("initech");
        project(acme, "Support", ProjectStatus.ACTIVE);
        UUID draft = project(acme, "Sales", ProjectStatus.DRAFT);

        assertThat(report.projects()).isEqualTo(Map.of("acme", 2, "initech", 0));
        assertThat(report.drafts()).extracting(ProjectsRecord::getId).containsExactly(draft);
    }

    private static UUID organization(String slug) {
        OrganizationsRecord organization = sql.newRecord(ORGANIZATIONS);
        organization.setId(UUID.randomUUID());
        organization.setName(slug);
        organization.setSlug(slug);
        organization.store();
        return organization.getId();
    }

    private static UUID project(UUID organization, String name, ProjectStatus status) {
        ProjectsRecord project = sql.newRecord(PROJECTS);
        project.setOrganizationId(organization);
        project.setId(UUID.randomUUID());
        project.setName(name);
        project.setStatus(status);
        project.store();
        return project.getId();
    }
}
