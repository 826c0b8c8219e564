package io.promptforge.dao.trace;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a running trace ended. What is null stays as it was recorded.
 *
 * @param status how it went; not {@code RUNNING}
 * @param endedAt when it ended, in microseconds; not before it began
 * @param output what went out, at most 16 MiB
 * @param errorType the class of the error, at most 200 characters
 * @param errorMessage the error in words, at most 10,000 characters
 * @param retryCount how often the request was tried again, 0 or more
 */
public record TraceOutcome(
        ExecutionStatus status,
        Instant endedAt,
        @Nullable Json output,
        @Nullable String errorType,
        @Nullable String errorMessage,
        @Nullable Integer retryCount) {
    /** Checks what the database would not name. */
    public TraceOutcome {
        if (Check.present("status", status) == ExecutionStatus.RUNNING) {
            throw new InvalidValueException("status", "A trace that has ended is not running any more.", null);
        }
        endedAt = Check.instant("ended_at", endedAt);
        Check.optionalDocument("output", output);
        Check.optionalText("error_type", errorType);
        Check.optionalText("error_message", errorMessage);
    }

    /** An end without a word. */
    public static TraceOutcome of(ExecutionStatus status, Instant endedAt) {
        return new TraceOutcome(status, endedAt, null, null, null, null);
    }

    /** A good end. */
    public static TraceOutcome success(Instant endedAt) {
        return of(ExecutionStatus.SUCCESS, endedAt);
    }

    /** An error. */
    public static TraceOutcome error(Instant endedAt, String errorType, String errorMessage) {
        return of(ExecutionStatus.ERROR, endedAt).withError(errorType, errorMessage);
    }

    /** The same with what went out. */
    public TraceOutcome withOutput(Json json) {
        return new TraceOutcome(status, endedAt, json, errorType, errorMessage, retryCount);
    }

    /** The same with an error. */
    public TraceOutcome withError(String type, String message) {
        return new TraceOutcome(status, endedAt, output, type, message, retryCount);
    }

    /** The same with the number of times that the request was tried again. */
    public TraceOutcome withRetryCount(int count) {
        return new TraceOutcome(status, endedAt, output, errorType, errorMessage, count);
    }
}
