package io.promptforge.dao.evaluation;

import io.promptforge.dao.internal.query.NamedValues;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fields of a {@link NewEvaluationResult}, which changes only copies that it has not given away yet. */
final class ResultFields implements Cloneable, NamedValues {
    final String testName;
    final ResultOutcome outcome;
    String variant = "";
    int repetition = 1;
    List<NewScore> scores = List.of();

    @Nullable Json input;

    @Nullable Json expectedOutput;

    @Nullable Json actualOutput;

    @Nullable BigDecimal score;

    @Nullable Duration latency;

    @Nullable Long inputTokens;

    @Nullable Long outputTokens;

    @Nullable BigDecimal cost;

    Json metrics = Json.emptyObject();

    @Nullable String errorMessage;

    @Nullable UUID modelId;

    @Nullable UUID promptVersionId;

    @Nullable UUID evaluatorId;

    @Nullable UUID evaluatorVersionId;

    @Nullable UUID traceId;

    ResultFields(String testName, ResultOutcome outcome) {
        this.testName = testName;
        this.outcome = outcome;
    }

    ResultFields copy() {
        try {
            return (ResultFields) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What decides whose project it is in, outside of an evaluation. */
    @Override
    public @Nullable Object value(String field) {
        return field.equals("trace_id") ? traceId : null;
    }

    private List<@Nullable Object> values() {
        return Arrays.asList(
                testName,
                outcome,
                variant,
                repetition,
                input,
                expectedOutput,
                actualOutput,
                score,
                scores,
                latency,
                inputTokens,
                outputTokens,
                cost,
                metrics,
                errorMessage,
                modelId,
                promptVersionId,
                evaluatorId,
                evaluatorVersionId,
                traceId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResultFields same && values().equals(same.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }
}
