package io.promptforge.seed.demo;

import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.project.ProjectRepository;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.ProjectStatus;

/** Two projects in use and a draft; the first has all the content. */
final class DemoProjects {
    private DemoProjects() {}

    /** The project that the rest belongs to. */
    static Project ensure(ProjectRepository projects, User author, Ensured ensured) {
        Project support = ensure(
                projects,
                NewProject.named("Customer Support Assistant")
                        .withDescription("Answers customers' questions and hands the hard ones to people.")
                        .withStatus(ProjectStatus.ACTIVE)
                        .withCreatedBy(author.id()),
                ensured);
        ensure(
                projects,
                NewProject.named("Content Generation Platform")
                        .withDescription("Drafts product pages, newsletters and posts.")
                        .withStatus(ProjectStatus.ACTIVE)
                        .withCreatedBy(author.id()),
                ensured);
        ensure(
                projects,
                NewProject.named("Code Review Assistant")
                        .withDescription("Comments on pull requests.")
                        .withStatus(ProjectStatus.DRAFT)
                        .withCreatedBy(author.id()),
                ensured);
        return support;
    }

    private static Project ensure(ProjectRepository projects, NewProject project, Ensured ensured) {
        return ensured.ensure(
                projects.findByName(project.name()),
                present -> ensured.same("project " + project.name(), "status", present.status(), project.status()),
                () -> projects.create(project));
    }
}
