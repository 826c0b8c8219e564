package io.promptforge.dao.evaluator;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.schema.type.EvaluatorKind;
import java.util.List;

/**
 * The conditions that a listed or counted evaluator meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class EvaluatorFilter extends Input<EvaluatorFilter> {
    static final Criterion<String> CATEGORY = new Criterion<>("category");
    static final Criterion<List<EvaluatorKind>> KIND = new Criterion<>("kind");
    static final Criterion<String> TAG = new Criterion<>("tag");
    static final Criterion<Boolean> ACTIVE = new Criterion<>("active");
    static final Criterion<String> JUDGE_MODEL = new Criterion<>("judge_model");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final EvaluatorFilter ALL = new EvaluatorFilter(Criteria.none());

    private final Criteria criteria;

    private EvaluatorFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every evaluator of the tenant. */
    public static EvaluatorFilter all() {
        return ALL;
    }

    /** Requires this category. */
    public EvaluatorFilter category(String category) {
        return with(CATEGORY, Check.text("category", category));
    }

    /** Requires one of these kinds; any kind, if none is given. */
    public EvaluatorFilter kind(EvaluatorKind... any) {
        return with(KIND, Check.choices("kind", any));
    }

    /** Requires this tag. */
    public EvaluatorFilter tag(String label) {
        return with(TAG, Check.text("tag", label));
    }

    /** Requires that it is active, or that it is not. */
    public EvaluatorFilter active(boolean active) {
        return with(ACTIVE, active);
    }

    /** Requires that its newest version has this judge model. */
    public EvaluatorFilter judgeModel(String name) {
        return with(JUDGE_MODEL, Check.text("judge_model", name));
    }

    /** Requires this text in the name or in the description, in any letter case. */
    public EvaluatorFilter text(String part) {
        return with(TEXT, Check.text("text", part));
    }

    private <T> EvaluatorFilter with(Criterion<T> criterion, T value) {
        return new EvaluatorFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
