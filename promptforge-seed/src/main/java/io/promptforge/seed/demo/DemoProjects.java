package io.promptforge.seed.demo;

import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.project.ProjectRepository;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.ProjectStatus;

/** Two active projects and a draft; the first has all the content. */
final class DemoProjects {
    private DemoProjects() {}

    /** Returns the project that has the content. */
    static Project ensure(ProjectRepository projects, User author, DemoReconciler reconciler) {
        Project support = ensure(
                projects,
                "Customer Support Assistant",
                "Answers customers' questions and hands the hard ones to people.",
                ProjectStatus.ACTIVE,
                author,
                reconciler);
        ensure(
                projects,
                "Content Generation Platform",
                "Drafts product pages, newsletters and posts.",
                ProjectStatus.ACTIVE,
                author,
                reconciler);
        ensure(
                projects,
                "Code Review Assistant",
                "Comments on pull requests.",
                ProjectStatus.DRAFT,
                author,
                reconciler);
        return support;
    }

    private static Project ensure(
            ProjectRepository projects,
            String name,
            String description,
            ProjectStatus status,
            User author,
            DemoReconciler reconciler) {
        return reconciler.ensure(
                projects.findByName(name),
                present -> reconciler.same("project " + name, "status", present.status(), status),
                () -> projects.create(NewProject.of(name)
                        .description(description)
                        .status(status)
                        .createdBy(author.id())));
    }
}
