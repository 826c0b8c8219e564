package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import java.time.Duration;

/**
 * What a host may set of a {@link TraceRecorder}.
 *
 * @param batchSize the traces and spans that are stored at once, each counting as one, 1 to 100,000; a trace is not
 *     divided, so one with more spans is a batch of its own
 * @param longestDelay how long a trace waits at most for others to be stored with, zero to an hour
 * @param capacityBytes how much is held at most, in bytes as {@link TraceRecorder} estimates them, 64 KiB or more
 * @param recordTimeout how long {@link TraceRecorder#record} waits for room, zero to an hour
 * @param closeTimeout how long {@link TraceRecorder#close} goes on storing, zero to an hour
 */
public record TraceRecorderSettings(
        int batchSize, Duration longestDelay, long capacityBytes, Duration recordTimeout, Duration closeTimeout) {
    private static final int GREATEST_BATCH = 100_000;
    private static final long LEAST_CAPACITY = 64 * 1024;
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Checks the values. */
    public TraceRecorderSettings {
        if (batchSize < 1 || batchSize > GREATEST_BATCH) {
            throw new InvalidValueException(
                    "batchSize", "A batch is of 1 to " + GREATEST_BATCH + " elements, not " + batchSize + ".", null);
        }
        if (capacityBytes < LEAST_CAPACITY) {
            throw new InvalidValueException(
                    "capacityBytes",
                    "The capacity is " + LEAST_CAPACITY + " bytes or more, not " + capacityBytes + ".",
                    null);
        }
        checkTime("longestDelay", longestDelay);
        checkTime("recordTimeout", recordTimeout);
        checkTime("closeTimeout", closeTimeout);
    }

    private static void checkTime(String field, Duration value) {
        Check.present(field, value);
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new InvalidValueException(
                    field, "The setting " + field + " is zero to an hour, not " + value + ".", null);
        }
    }

    /** Batches of 1,000, a delay of 1 second, 64 MiB, 1 second for {@code record}, and 10 seconds for {@code close}. */
    public static TraceRecorderSettings defaults() {
        return new TraceRecorderSettings(
                1_000, Duration.ofSeconds(1), 64L * 1024 * 1024, Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    /** The same with another size of batches. */
    public TraceRecorderSettings withBatchSize(int elements) {
        return new TraceRecorderSettings(elements, longestDelay, capacityBytes, recordTimeout, closeTimeout);
    }

    /** The same with another delay. */
    public TraceRecorderSettings withLongestDelay(Duration time) {
        return new TraceRecorderSettings(batchSize, time, capacityBytes, recordTimeout, closeTimeout);
    }

    /** The same with another capacity. */
    public TraceRecorderSettings withCapacityBytes(long bytes) {
        return new TraceRecorderSettings(batchSize, longestDelay, bytes, recordTimeout, closeTimeout);
    }

    /** The same with another time to wait for room. */
    public TraceRecorderSettings withRecordTimeout(Duration time) {
        return new TraceRecorderSettings(batchSize, longestDelay, capacityBytes, time, closeTimeout);
    }

    /** The same with another time to go on storing while it is closed. */
    public TraceRecorderSettings withCloseTimeout(Duration time) {
        return new TraceRecorderSettings(batchSize, longestDelay, capacityBytes, recordTimeout, time);
    }
}
