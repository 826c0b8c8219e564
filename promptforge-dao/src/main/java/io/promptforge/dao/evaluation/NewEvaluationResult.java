package io.promptforge.dao.evaluation;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A result to be stored. Only {@code testName}, {@code repetition}, {@code passed} and {@code metrics} are never null.
 *
 * @param testName the test, unique in the evaluation together with the repetition, 1 to 500 characters
 * @param repetition 1 for the first run of the test, 2 for the second …
 * @param input what went in, at most 16 MiB
 * @param expectedOutput what should have come out, at most 16 MiB
 * @param actualOutput what came out, at most 16 MiB
 * @param score 0 (worst) to 1 (best), stored with 6 decimals
 * @param passed whether the test passed
 * @param latency how long the call took, at most 292 years, stored in microseconds
 * @param inputTokens tokens read, cached ones included
 * @param outputTokens tokens written, reasoning included
 * @param cost US dollars, less than a million, stored with 12 decimals
 * @param metrics a JSON object of further scores, at most 256 KiB
 * @param errorMessage why the call failed, at most 10,000 characters
 * @param traceId the trace of the call
 */
public record NewEvaluationResult(
        String testName,
        int repetition,
        @Nullable Json input,
        @Nullable Json expectedOutput,
        @Nullable Json actualOutput,
        @Nullable BigDecimal score,
        boolean passed,
        @Nullable Duration latency,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        @Nullable BigDecimal cost,
        Json metrics,
        @Nullable String errorMessage,
        @Nullable UUID traceId) {
    private static final BigDecimal HIGHEST_COST = new BigDecimal("999999.999999999999");

    /** Checks what the database would not name. */
    public NewEvaluationResult {
        Check.text("test_name", testName);
        Check.optionalDocument("input", input);
        Check.optionalDocument("expected_output", expectedOutput);
        Check.optionalDocument("actual_output", actualOutput);
        Check.optionalNumber("score", score, BigDecimal.ZERO, BigDecimal.ONE);
        Check.optionalDuration("latency_us", latency);
        Check.optionalNumber("cost", cost, BigDecimal.ZERO, HIGHEST_COST);
        Check.document("metrics", metrics);
        Check.optionalText("error_message", errorMessage);
    }

    /** A builder of the first repetition of a test that passed. */
    public static Builder passed(String testName) {
        return new Builder(testName, true);
    }

    /** A builder of the first repetition of a test that failed. */
    public static Builder failed(String testName) {
        return new Builder(testName, false);
    }

    /** Collects what is known of a result. For one thread. */
    public static final class Builder {
        private final String testName;
        private final boolean passed;
        private int repetition = 1;
        private @Nullable Json input;
        private @Nullable Json expectedOutput;
        private @Nullable Json actualOutput;
        private @Nullable BigDecimal score;
        private @Nullable Duration latency;
        private @Nullable Long inputTokens;
        private @Nullable Long outputTokens;
        private @Nullable BigDecimal cost;
        private Json metrics = Json.emptyObject();
        private @Nullable String errorMessage;
        private @Nullable UUID traceId;

        private Builder(String testName, boolean passed) {
            this.testName = testName;
            this.passed = passed;
        }

        /** Which run of the test it is, 1 or more. */
        public Builder repetition(int number) {
            repetition = number;
            return this;
        }

        /** What went in. */
        public Builder input(Json value) {
            input = value;
            return this;
        }

        /** What should have come out. */
        public Builder expectedOutput(Json value) {
            expectedOutput = value;
            return this;
        }

        /** What came out. */
        public Builder actualOutput(Json value) {
            actualOutput = value;
            return this;
        }

        /** The score, 0 to 1. */
        public Builder score(BigDecimal value) {
            score = value;
            return this;
        }

        /** How long the call took. */
        public Builder latency(Duration duration) {
            latency = duration;
            return this;
        }

        /** Tokens read and written. */
        public Builder tokens(long read, long written) {
            inputTokens = read;
            outputTokens = written;
            return this;
        }

        /** Tokens read, where those written may not be known. */
        public Builder inputTokens(long read) {
            inputTokens = read;
            return this;
        }

        /** Tokens written, where those read may not be known. */
        public Builder outputTokens(long written) {
            outputTokens = written;
            return this;
        }

        /** US dollars. */
        public Builder cost(BigDecimal dollars) {
            cost = dollars;
            return this;
        }

        /** Further scores. */
        public Builder metrics(Json object) {
            metrics = object;
            return this;
        }

        /** Why the call failed. */
        public Builder errorMessage(String text) {
            errorMessage = text;
            return this;
        }

        /** The trace of the call. */
        public Builder traceId(UUID id) {
            traceId = id;
            return this;
        }

        /** The result. */
        public NewEvaluationResult build() {
            return new NewEvaluationResult(
                    testName,
                    repetition,
                    input,
                    expectedOutput,
                    actualOutput,
                    score,
                    passed,
                    latency,
                    inputTokens,
                    outputTokens,
                    cost,
                    metrics,
                    errorMessage,
                    traceId);
        }
    }
}
