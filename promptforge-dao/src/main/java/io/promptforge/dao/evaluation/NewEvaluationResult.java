package io.promptforge.dao.evaluation;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The result of one test, to be stored in an evaluation or for a trace. Immutable and thread-safe; null for an optional field means that it has
 * no value. A value that is not accepted is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method
 * that sets it, or by the database.
 */
public final class NewEvaluationResult extends Input<NewEvaluationResult> {
    private static final int COST_DECIMALS = 12;
    private static final BigDecimal HIGHEST_COST = new BigDecimal("999999.999999999999");

    private final ResultFields fields;

    private NewEvaluationResult(ResultFields fields) {
        super(fields);
        this.fields = fields;
    }

    /**
     * A result of the first repetition of a test.
     *
     * @param testName the test, unique in the evaluation together with variant and repetition, 1 to 500 characters
     * @param outcome whether the test passed, failed, or could not be run
     */
    public static NewEvaluationResult of(String testName, ResultOutcome outcome) {
        return new NewEvaluationResult(
                new ResultFields(Check.text("test_name", testName), Check.present("outcome", outcome)));
    }

    /**
     * Sets what the test runs with, where one evaluation tests several models or prompts: {@code openai:gpt-4o}, at most 200
     * characters; null for none.
     */
    public NewEvaluationResult variant(@Nullable String name) {
        String variant = name == null ? "" : Check.text("variant", name);
        return with(it -> it.variant = variant);
    }

    /** Sets the repetition: 1, the default, for the first run of the test, 2 for the second … */
    public NewEvaluationResult repetition(int number) {
        return with(it -> it.repetition = number);
    }

    /** Sets the input of the test, any JSON value of at most 16 MiB. */
    public NewEvaluationResult input(@Nullable Json value) {
        return with(it -> it.input = value);
    }

    /** Sets the output that the test expects, any JSON value of at most 16 MiB. */
    public NewEvaluationResult expectedOutput(@Nullable Json value) {
        return with(it -> it.expectedOutput = value);
    }

    /** Sets the output of the call, any JSON value of at most 16 MiB. */
    public NewEvaluationResult actualOutput(@Nullable Json value) {
        return with(it -> it.actualOutput = value);
    }

    /**
     * Sets the main score, -1e9 to 1e9, rounded half up to 6 decimals. It must be on the scale of the evaluation, if that has one:
     * see {@link NewEvaluation#scale(ScoreScale)}.
     */
    public NewEvaluationResult score(@Nullable BigDecimal value) {
        BigDecimal score = ScoreScale.rounded("score", value);
        return with(it -> it.score = score);
    }

    /** Sets further scores, together at most 256 KiB. */
    public NewEvaluationResult scores(List<NewScore> further) {
        List<NewScore> scores = Check.list("scores", further);
        return with(it -> it.scores = scores);
    }

    /** Sets how long the call took, at most 292 years, stored in microseconds. */
    public NewEvaluationResult latency(@Nullable Duration time) {
        Duration latency = Check.optionalDuration("latency_us", time);
        return with(it -> it.latency = latency == null ? null : latency.truncatedTo(ChronoUnit.MICROS));
    }

    /** Sets the number of tokens read, cached ones included. */
    public NewEvaluationResult inputTokens(@Nullable Long number) {
        return with(it -> it.inputTokens = number);
    }

    /** Sets the number of tokens written, reasoning included. */
    public NewEvaluationResult outputTokens(@Nullable Long number) {
        return with(it -> it.outputTokens = number);
    }

    /** Sets the cost in US dollars, less than 1,000,000, rounded half up to 12 decimals. */
    public NewEvaluationResult cost(@Nullable BigDecimal dollars) {
        BigDecimal cost = Check.optionalRounded("cost", dollars, COST_DECIMALS, BigDecimal.ZERO, HIGHEST_COST);
        return with(it -> it.cost = cost);
    }

    /** Sets measurements in any form, a JSON object of at most 256 KiB. */
    public NewEvaluationResult metrics(Json object) {
        Json document = Check.present("metrics", object);
        return with(it -> it.metrics = document);
    }

    /** Sets why the call or the test failed, at most 10,000 characters. */
    public NewEvaluationResult errorMessage(@Nullable String text) {
        String message = Check.optionalText("error_message", text);
        return with(it -> it.errorMessage = message);
    }

    /** Sets the model of the variant. */
    public NewEvaluationResult modelId(@Nullable UUID model) {
        return with(it -> it.modelId = model);
    }

    /** Sets the prompt version of the variant. */
    public NewEvaluationResult promptVersionId(@Nullable UUID version) {
        return with(it -> it.promptVersionId = version);
    }

    /** Sets the evaluator that judged; needs {@link #evaluatorVersionId}, the version that did. */
    public NewEvaluationResult evaluatorId(@Nullable UUID evaluator) {
        return with(it -> it.evaluatorId = evaluator);
    }

    /** Sets the version of the evaluator that judged; needs {@link #evaluatorId}, the evaluator that the version belongs to. */
    public NewEvaluationResult evaluatorVersionId(@Nullable UUID version) {
        return with(it -> it.evaluatorVersionId = version);
    }

    /** Sets the trace of the call. */
    public NewEvaluationResult traceId(@Nullable UUID trace) {
        return with(it -> it.traceId = trace);
    }

    /** The test. */
    public String testName() {
        return fields.testName;
    }

    /** The repetition, 1 for the first run of the test. */
    public int repetition() {
        return fields.repetition;
    }

    /** What the test runs with; empty for no variant. */
    public Optional<String> variant() {
        return Optional.of(fields.variant).filter(name -> !name.isEmpty());
    }

    private NewEvaluationResult with(Consumer<ResultFields> change) {
        ResultFields changed = fields.copy();
        change.accept(changed);
        return new NewEvaluationResult(changed);
    }

    ResultFields fields() {
        return fields;
    }

    /** The outcome and the repetition, without the name of the test and without content. */
    @Override
    public String toString() {
        return "NewEvaluationResult[" + fields.outcome + ", repetition " + fields.repetition + "]";
    }
}
