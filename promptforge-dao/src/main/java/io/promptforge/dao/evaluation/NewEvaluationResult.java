package io.promptforge.dao.evaluation;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The result of one test in one repetition, to be stored. Immutable and thread-safe; null for an optional field means that it has
 * no value. A value that is not accepted is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method
 * that sets it, or by the database.
 */
public final class NewEvaluationResult extends Input<NewEvaluationResult> {
    private static final BigDecimal HIGHEST_COST = new BigDecimal("999999.999999999999");

    private final ResultFields fields;

    private NewEvaluationResult(ResultFields fields) {
        super(fields);
        this.fields = fields;
    }

    /**
     * A result of the first repetition of a test.
     *
     * @param testName the test, unique in the evaluation together with the repetition, 1 to 500 characters
     * @param outcome whether the test passed
     */
    public static NewEvaluationResult of(String testName, ResultOutcome outcome) {
        return new NewEvaluationResult(
                new ResultFields(Check.text("test_name", testName), Check.present("outcome", outcome)));
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

    /** Sets the score, 0 (worst) to 1 (best), stored with 6 decimals. */
    public NewEvaluationResult score(@Nullable BigDecimal value) {
        BigDecimal score = Check.optionalNumber("score", value, BigDecimal.ZERO, BigDecimal.ONE);
        return with(it -> it.score = score);
    }

    /** Sets how long the call took, at most 292 years, stored in microseconds. */
    public NewEvaluationResult latency(@Nullable Duration time) {
        Duration latency = Check.optionalDuration("latency_us", time);
        return with(it -> it.latency = latency);
    }

    /** Sets the number of tokens read, cached ones included. */
    public NewEvaluationResult inputTokens(@Nullable Long number) {
        return with(it -> it.inputTokens = number);
    }

    /** Sets the number of tokens written, reasoning included. */
    public NewEvaluationResult outputTokens(@Nullable Long number) {
        return with(it -> it.outputTokens = number);
    }

    /** Sets the cost in US dollars, less than 1,000,000, stored with 12 decimals. */
    public NewEvaluationResult cost(@Nullable BigDecimal dollars) {
        BigDecimal cost = Check.optionalNumber("cost", dollars, BigDecimal.ZERO, HIGHEST_COST);
        return with(it -> it.cost = cost);
    }

    /** Sets further scores, a JSON object of at most 256 KiB. */
    public NewEvaluationResult metrics(Json object) {
        Json document = Check.present("metrics", object);
        return with(it -> it.metrics = document);
    }

    /** Sets why the call failed, at most 10,000 characters. */
    public NewEvaluationResult errorMessage(@Nullable String text) {
        String message = Check.optionalText("error_message", text);
        return with(it -> it.errorMessage = message);
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
