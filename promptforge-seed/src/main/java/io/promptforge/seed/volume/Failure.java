package io.promptforge.seed.volume;

import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.util.List;

/**
 * What went wrong in a step.
 *
 * @param type as {@code error.type} has it
 * @param message in words
 */
record Failure(String type, String message) {
    private static final Failure TIMEOUT = new Failure("timeout", "The model did not answer within 30 seconds.");

    private static final List<Failure> OF_MODELS = List.of(
            new Failure("rate_limit_exceeded", "Rate limit reached for requests per minute; try again in 1.2 s."),
            new Failure("server_error", "The server had an error while processing the request."),
            new Failure("context_length_exceeded", "The messages are longer than the model's context."),
            new Failure("content_filter", "The response was withheld by the provider's content filter."));

    private static final List<Failure> OF_OTHERS = List.of(
            new Failure("connection_error", "Connection refused: orders.internal:8443"),
            new Failure("tool_error", "The order is locked by another process."),
            new Failure("java.lang.IllegalStateException", "no shipment for this order"));

    static Failure of(SpanPlan step, Dice dice) {
        if (step.status == ExecutionStatus.TIMEOUT) {
            return TIMEOUT;
        }
        List<Failure> choice = step.kind == SpanKind.LLM ? OF_MODELS : OF_OTHERS;
        return choice.get(dice.below(choice.size()));
    }
}
