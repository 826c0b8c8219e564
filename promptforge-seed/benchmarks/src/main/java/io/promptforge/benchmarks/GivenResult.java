package io.promptforge.benchmarks;

import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/** The values of an evaluation's result that all contenders store; the first repetition of a test. */
record GivenResult(
        String testName,
        boolean passed,
        Json input,
        Json expectedOutput,
        Json actualOutput,
        BigDecimal score,
        Duration latency,
        long inputTokens,
        long outputTokens,
        BigDecimal cost,
        Json metrics) {
    static GivenResult of(int number) {
        boolean passed = number % 10 != 0;
        return new GivenResult(
                "test " + number,
                passed,
                Json.of(Map.of("question", "What does article " + number + " cost in the second year?")),
                Json.of(Map.of("answer", number + " dollars a month")),
                Json.of(Map.of("answer", "It costs " + number + " dollars a month.")),
                passed ? new BigDecimal("0.9") : new BigDecimal("0.2"),
                Duration.ofMillis(300 + number),
                800 + number,
                60,
                new BigDecimal("0.0026"),
                Json.of(Map.of("relevance", 0.8)));
    }

    /** As it is stored. */
    String outcome() {
        return passed ? "passed" : "failed";
    }

    NewEvaluationResult asNew() {
        return NewEvaluationResult.of(testName, passed ? ResultOutcome.PASSED : ResultOutcome.FAILED)
                .input(input)
                .expectedOutput(expectedOutput)
                .actualOutput(actualOutput)
                .score(score)
                .latency(latency)
                .inputTokens(inputTokens)
                .outputTokens(outputTokens)
                .cost(cost)
                .metrics(metrics);
    }
}
