package io.promptforge.dao.project;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.schema.type.ProjectStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which projects a list holds. Immutable.
 *
 * @param statuses only projects in one of these; empty for any
 * @param text only projects with this in their name or description, in any letter case
 */
public record ProjectFilter(List<ProjectStatus> statuses, Optional<String> text) {
    /** Checks the values. */
    public ProjectFilter {
        statuses = Check.choices("status", statuses);
        Check.present("text", text).ifPresent(value -> Check.text("text", value));
    }

    /** All projects. */
    public static ProjectFilter all() {
        return new ProjectFilter(List.of(), Optional.empty());
    }

    /** Only those in one of these statuses. */
    public ProjectFilter withStatus(ProjectStatus... any) {
        return new ProjectFilter(Arrays.asList(any), text);
    }

    /** Only those with this in their name or description, in any letter case. */
    public ProjectFilter withText(String part) {
        return new ProjectFilter(statuses, Optional.of(Check.text("text", part)));
    }
}
