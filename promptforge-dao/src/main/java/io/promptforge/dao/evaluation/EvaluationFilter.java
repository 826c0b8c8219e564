package io.promptforge.dao.evaluation;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.schema.type.EvaluationStatus;
import io.promptforge.schema.type.EvaluationType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The conditions that a listed or counted evaluation meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class EvaluationFilter extends Input<EvaluationFilter> {
    static final Criterion<UUID> PROJECT_ID = new Criterion<>("project_id");
    static final Criterion<UUID> PROMPT_ID = new Criterion<>("prompt_id");
    static final Criterion<UUID> PROMPT_VERSION_ID = new Criterion<>("prompt_version_id");
    static final Criterion<UUID> MODEL_ID = new Criterion<>("model_id");
    static final Criterion<List<EvaluationType>> TYPE = new Criterion<>("type");
    static final Criterion<List<EvaluationStatus>> STATUS = new Criterion<>("status");
    static final Criterion<Instant> CREATED_FROM = new Criterion<>("created_from");
    static final Criterion<Instant> CREATED_BEFORE = new Criterion<>("created_before");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final EvaluationFilter ALL = new EvaluationFilter(Criteria.none());

    private final Criteria criteria;

    private EvaluationFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every evaluation of the tenant. */
    public static EvaluationFilter all() {
        return ALL;
    }

    /** Requires this project. */
    public EvaluationFilter projectId(UUID project) {
        return with(PROJECT_ID, Check.present("project_id", project));
    }

    /** Requires that any version of this prompt is under test. */
    public EvaluationFilter promptId(UUID prompt) {
        return with(PROMPT_ID, Check.present("prompt_id", prompt));
    }

    /** Requires that this prompt version is under test. */
    public EvaluationFilter promptVersionId(UUID version) {
        return with(PROMPT_VERSION_ID, Check.present("prompt_version_id", version));
    }

    /** Requires that this model is under test. */
    public EvaluationFilter modelId(UUID model) {
        return with(MODEL_ID, Check.present("model_id", model));
    }

    /** Requires one of these types; any type, if none is given. */
    public EvaluationFilter type(EvaluationType... any) {
        return with(TYPE, Check.choices("type", any));
    }

    /** Requires one of these statuses; any status, if none is given. */
    public EvaluationFilter status(EvaluationStatus... any) {
        return with(STATUS, Check.choices("status", any));
    }

    /** Requires that it was created at this moment or later. */
    public EvaluationFilter createdFrom(Instant moment) {
        return with(CREATED_FROM, Check.instant("created_from", moment));
    }

    /** Requires that it was created before this moment. */
    public EvaluationFilter createdBefore(Instant moment) {
        return with(CREATED_BEFORE, Check.instant("created_before", moment));
    }

    /** Requires this text in the name, in any letter case. */
    public EvaluationFilter text(String part) {
        return with(TEXT, Check.text("text", part));
    }

    private <T> EvaluationFilter with(Criterion<T> criterion, T value) {
        return new EvaluationFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
