package io.promptforge.dao.prompt;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.schema.type.PromptStatus;
import java.util.List;
import java.util.UUID;

/**
 * The conditions that a listed prompt meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class PromptFilter extends Input<PromptFilter> {
    static final Criterion<UUID> PROJECT_ID = new Criterion<>("project_id");
    static final Criterion<String> CATEGORY = new Criterion<>("category");
    static final Criterion<List<PromptStatus>> STATUS = new Criterion<>("status");
    static final Criterion<String> TAG = new Criterion<>("tag");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final PromptFilter ALL = new PromptFilter(Criteria.none());

    private final Criteria criteria;

    private PromptFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every prompt of the tenant. */
    public static PromptFilter all() {
        return ALL;
    }

    /** Requires this project. */
    public PromptFilter projectId(UUID project) {
        return with(PROJECT_ID, Check.present("project_id", project));
    }

    /** Requires this category, to the letter. */
    public PromptFilter category(String word) {
        return with(CATEGORY, Check.text("category", word));
    }

    /** Requires one of these statuses; any status, if none is given. */
    public PromptFilter status(PromptStatus... any) {
        return with(STATUS, Check.choices("status", any));
    }

    /** Requires this tag on the current version, to the letter. */
    public PromptFilter tag(String word) {
        return with(TAG, Check.text("tag", word));
    }

    /** Requires this text in the name or the description, in any letter case. */
    public PromptFilter text(String part) {
        return with(TEXT, Check.text("text", part));
    }

    private <T> PromptFilter with(Criterion<T> criterion, T value) {
        return new PromptFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
