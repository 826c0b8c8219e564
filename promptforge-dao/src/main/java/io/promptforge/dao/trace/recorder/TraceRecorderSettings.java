package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import java.time.Duration;

/**
 * The settings of a {@link TraceRecorder}. Immutable and thread-safe. A value out of range is refused with an {@link
 * InvalidValueException}.
 */
public final class TraceRecorderSettings extends Input<TraceRecorderSettings> {
    private static final int GREATEST_BATCH = 100_000;
    private static final long LEAST_CAPACITY = 64 * 1024;
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final TraceRecorderSettings DEFAULTS = new TraceRecorderSettings(
            new Values(1_000, Duration.ofSeconds(1), 64L * 1024 * 1024, Duration.ofSeconds(1), Duration.ofSeconds(10)));

    private final Values values;

    private TraceRecorderSettings(Values values) {
        super(values);
        this.values = values;
    }

    /** Batches of 1,000, a longest delay of 1 second, 64 MiB, a record timeout of 1 second, and a close timeout of 10 seconds. */
    public static TraceRecorderSettings defaults() {
        return DEFAULTS;
    }

    /**
     * Sets how many traces and spans are stored at once, each counting as one, 1 to 100,000. A trace is not divided: one with more
     * spans is a batch by itself.
     */
    public TraceRecorderSettings batchSize(int elements) {
        if (elements < 1 || elements > GREATEST_BATCH) {
            throw new InvalidValueException(
                    "batchSize",
                    "A batch cannot have " + elements + " elements.",
                    "Give a number from 1 to " + GREATEST_BATCH + ".",
                    null);
        }
        return new TraceRecorderSettings(new Values(
                elements, values.longestDelay, values.capacityBytes, values.recordTimeout, values.closeTimeout));
    }

    /** Sets how long a trace waits for others to be stored with, 0 to 1 hour. */
    public TraceRecorderSettings longestDelay(Duration time) {
        return new TraceRecorderSettings(new Values(
                values.batchSize,
                checked("longestDelay", time),
                values.capacityBytes,
                values.recordTimeout,
                values.closeTimeout));
    }

    /** Sets how much is buffered at most, in bytes as {@link TraceRecorder} estimates them, 64 KiB or more. */
    public TraceRecorderSettings capacityBytes(long bytes) {
        if (bytes < LEAST_CAPACITY) {
            throw new InvalidValueException(
                    "capacityBytes",
                    "The capacity cannot be " + bytes + " bytes.",
                    "Give " + LEAST_CAPACITY + " or more.",
                    null);
        }
        return new TraceRecorderSettings(
                new Values(values.batchSize, values.longestDelay, bytes, values.recordTimeout, values.closeTimeout));
    }

    /** Sets how long {@link TraceRecorder#record} waits while the buffer is full, 0 to 1 hour. */
    public TraceRecorderSettings recordTimeout(Duration time) {
        return new TraceRecorderSettings(new Values(
                values.batchSize,
                values.longestDelay,
                values.capacityBytes,
                checked("recordTimeout", time),
                values.closeTimeout));
    }

    /** Sets how long {@link TraceRecorder#close} continues storing, 0 to 1 hour. */
    public TraceRecorderSettings closeTimeout(Duration time) {
        return new TraceRecorderSettings(new Values(
                values.batchSize,
                values.longestDelay,
                values.capacityBytes,
                values.recordTimeout,
                checked("closeTimeout", time)));
    }

    int batchSize() {
        return values.batchSize;
    }

    Duration longestDelay() {
        return values.longestDelay;
    }

    long capacityBytes() {
        return values.capacityBytes;
    }

    Duration recordTimeout() {
        return values.recordTimeout;
    }

    Duration closeTimeout() {
        return values.closeTimeout;
    }

    private static Duration checked(String setting, Duration time) {
        Check.present(setting, time);
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new InvalidValueException(
                    setting,
                    "The setting " + setting + " cannot be " + time + ".",
                    "Give a time from zero to an hour.",
                    null);
        }
        return time;
    }

    /** The settings, by name. */
    @Override
    public String toString() {
        return values.toString().replace("Values", "TraceRecorderSettings");
    }

    private record Values(
            int batchSize, Duration longestDelay, long capacityBytes, Duration recordTimeout, Duration closeTimeout) {}
}
