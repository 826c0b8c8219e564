package io.promptforge.dao.project;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.schema.type.ProjectStatus;
import java.util.List;

/**
 * The conditions that a listed project meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class ProjectFilter extends Input<ProjectFilter> {
    static final Criterion<List<ProjectStatus>> STATUS = new Criterion<>("status");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final ProjectFilter ALL = new ProjectFilter(Criteria.none());

    private final Criteria criteria;

    private ProjectFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every project of the tenant. */
    public static ProjectFilter all() {
        return ALL;
    }

    /** Requires one of these statuses; any status, if none is given. */
    public ProjectFilter status(ProjectStatus... any) {
        return with(STATUS, Check.choices("status", any));
    }

    /** Requires this text in the name or the description, in any letter case. */
    public ProjectFilter text(String part) {
        return with(TEXT, Check.text("text", part));
    }

    private <T> ProjectFilter with(Criterion<T> criterion, T value) {
        return new ProjectFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
