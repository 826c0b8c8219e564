package io.promptforge.dao.trace;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a running trace ended. Immutable and thread-safe; null for an optional field, the default, keeps what was recorded. A value
 * that is not accepted is refused with an {@link InvalidValueException} by the method that sets it, or by the database.
 */
public final class TraceOutcome extends Input<TraceOutcome> {
    private final ColumnValues values;

    private TraceOutcome(ColumnValues values) {
        super(values);
        this.values = values;
    }

    /**
     * An outcome.
     *
     * @param status not {@code RUNNING}
     * @param endedAt the end, with microsecond precision; not before the start of the trace
     */
    public static TraceOutcome of(ExecutionStatus status, Instant endedAt) {
        if (Check.present("status", status) == ExecutionStatus.RUNNING) {
            throw new InvalidValueException(
                    "status",
                    "A trace that has ended is not running any more.",
                    "Give the status that it ended with.",
                    null);
        }
        return new TraceOutcome(
                ColumnValues.none().with("status", status).with("ended_at", Check.instant("ended_at", endedAt)));
    }

    /** Sets the output, at most 16 MiB. */
    public TraceOutcome output(@Nullable Json document) {
        return with("output", document);
    }

    /** Sets the class of the error, at most 200 characters. */
    public TraceOutcome errorType(@Nullable String type) {
        return with("error_type", Check.optionalText("error_type", type));
    }

    /** Sets the error in words, at most 10,000 characters. */
    public TraceOutcome errorMessage(@Nullable String message) {
        return with("error_message", Check.optionalText("error_message", message));
    }

    /** Sets the number of retries, 0 or more. */
    public TraceOutcome retryCount(@Nullable Integer count) {
        return with("retry_count", count);
    }

    private TraceOutcome with(String column, @Nullable Object value) {
        return new TraceOutcome(values.with(column, value));
    }

    ColumnValues values() {
        return values;
    }
}
