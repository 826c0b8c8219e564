package io.promptforge.dao.evaluation;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.schema.type.EvaluatorKind;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The conditions that a listed, counted or grouped result meets, all of them. Immutable and thread-safe. Methods refuse null, and
 * values out of range, with an {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class ResultFilter extends Input<ResultFilter> {
    static final Criterion<Boolean> REPLACED = new Criterion<>("replaced");
    static final Criterion<UUID> EVALUATION_ID = new Criterion<>("evaluation_id");
    static final Criterion<UUID> PROJECT_ID = new Criterion<>("project_id");
    static final Criterion<UUID> TRACE_ID = new Criterion<>("trace_id");
    static final Criterion<UUID> EVALUATOR_ID = new Criterion<>("evaluator_id");
    static final Criterion<List<EvaluatorKind>> EVALUATOR_KIND = new Criterion<>("evaluator_kind");
    static final Criterion<String> CATEGORY = new Criterion<>("category");
    static final Criterion<String> JUDGE_MODEL = new Criterion<>("judge_model");
    static final Criterion<List<ResultOutcome>> OUTCOME = new Criterion<>("outcome");
    static final Criterion<String> VARIANT = new Criterion<>("variant");
    static final Criterion<BigDecimal> MIN_SCORE = new Criterion<>("min_score");
    static final Criterion<BigDecimal> MAX_SCORE = new Criterion<>("max_score");
    static final Criterion<Instant> CREATED_FROM = new Criterion<>("created_from");
    static final Criterion<Instant> CREATED_BEFORE = new Criterion<>("created_before");
    static final Criterion<String> TEXT = new Criterion<>("text");
    static final Criterion<String> EVALUATION_NAME = new Criterion<>("evaluation_name");
    static final Criterion<String> TRACE_NAME = new Criterion<>("trace_name");

    private static final ResultFilter ALL = new ResultFilter(Criteria.none().with(REPLACED, false));

    private final Criteria criteria;

    private ResultFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every result that counts: that is not replaced. */
    public static ResultFilter all() {
        return ALL;
    }

    /** Requires that it is replaced, if true; that it counts, if false, as by default. */
    public ResultFilter replaced(boolean replaced) {
        return with(REPLACED, replaced);
    }

    /** Requires this evaluation. */
    public ResultFilter evaluationId(UUID evaluation) {
        return with(EVALUATION_ID, Check.present("evaluation_id", evaluation));
    }

    /** Requires this project. */
    public ResultFilter projectId(UUID project) {
        return with(PROJECT_ID, Check.present("project_id", project));
    }

    /** Requires this trace. */
    public ResultFilter traceId(UUID trace) {
        return with(TRACE_ID, Check.present("trace_id", trace));
    }

    /** Requires any version of this evaluator. */
    public ResultFilter evaluatorId(UUID evaluator) {
        return with(EVALUATOR_ID, Check.present("evaluator_id", evaluator));
    }

    /** Requires an evaluator of one of these kinds; any result, if none is given. */
    public ResultFilter evaluatorKind(EvaluatorKind... any) {
        return with(EVALUATOR_KIND, Check.choices("evaluator_kind", any));
    }

    /** Requires an evaluator of this category. */
    public ResultFilter category(String category) {
        return with(CATEGORY, Check.text("category", category));
    }

    /** Requires a version of an evaluator with this judge model. */
    public ResultFilter judgeModel(String name) {
        return with(JUDGE_MODEL, Check.text("judge_model", name));
    }

    /** Requires one of these outcomes; any outcome, if none is given. */
    public ResultFilter outcome(ResultOutcome... any) {
        return with(OUTCOME, Check.choices("outcome", any));
    }

    /** Requires this variant; the empty text for results without one. */
    public ResultFilter variant(String name) {
        return with(VARIANT, Check.present("variant", Check.optionalText("variant", name)));
    }

    /** Requires a main score of at least this. */
    public ResultFilter minScore(BigDecimal score) {
        return with(MIN_SCORE, Check.present("min_score", Check.optionalNumber("min_score", score)));
    }

    /** Requires a main score of at most this. */
    public ResultFilter maxScore(BigDecimal score) {
        return with(MAX_SCORE, Check.present("max_score", Check.optionalNumber("max_score", score)));
    }

    /** Requires that it was stored at this moment or later. */
    public ResultFilter createdFrom(Instant moment) {
        return with(CREATED_FROM, Check.instant("created_from", moment));
    }

    /** Requires that it was stored before this moment. */
    public ResultFilter createdBefore(Instant moment) {
        return with(CREATED_BEFORE, Check.instant("created_before", moment));
    }

    /** Requires this text in the name of the test or in the error message, in any letter case. */
    public ResultFilter text(String part) {
        return with(TEXT, Check.text("text", part));
    }

    /** Requires this text in the name of its evaluation, in any letter case. */
    public ResultFilter evaluationName(String part) {
        return with(EVALUATION_NAME, Check.text("evaluation_name", part));
    }

    /** Requires this text in the name of its trace, in any letter case. */
    public ResultFilter traceName(String part) {
        return with(TRACE_NAME, Check.text("trace_name", part));
    }

    private <T> ResultFilter with(Criterion<T> criterion, T value) {
        return new ResultFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
