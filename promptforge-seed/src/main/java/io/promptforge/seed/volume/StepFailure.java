package io.promptforge.seed.volume;

import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.util.List;

/**
 * The error of a failed step.
 *
 * @param type the value of {@code error.type}
 * @param message the message
 */
record StepFailure(String type, String message) {
    private static final StepFailure TIMEOUT =
            new StepFailure("timeout", "The model did not answer within 30 seconds.");

    private static final List<StepFailure> OF_MODELS = List.of(
            new StepFailure("rate_limit_exceeded", "Rate limit reached for requests per minute; try again in 1.2 s."),
            new StepFailure("server_error", "The server had an error while processing the request."),
            new StepFailure("context_length_exceeded", "The messages are longer than the model's context."),
            new StepFailure("content_filter", "The response was withheld by the provider's content filter."));

    private static final List<StepFailure> OF_OTHERS = List.of(
            new StepFailure("connection_error", "Connection refused: orders.internal:8443"),
            new StepFailure("tool_error", "The order is locked by another process."),
            new StepFailure("java.lang.IllegalStateException", "no shipment for this order"));

    static StepFailure of(SpanPlan step, Dice dice) {
        if (step.status == ExecutionStatus.TIMEOUT) {
            return TIMEOUT;
        }
        List<StepFailure> choice = step.kind == SpanKind.LLM ? OF_MODELS : OF_OTHERS;
        return choice.get(dice.below(choice.size()));
    }
}
