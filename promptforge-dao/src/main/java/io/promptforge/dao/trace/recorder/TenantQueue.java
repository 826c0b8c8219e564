package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.error.RecorderClosedException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.SchemaNotMigratedException;
import io.promptforge.dao.error.TimedOutException;
import io.promptforge.dao.trace.TraceRepository;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The traces that wait for one destination, the batch that is being stored there, and the state of its retries. A batch that fails is
 * retried after a pause, and halved unless the database is the cause. Guarded by the buffer's lock; times are those of the buffer.
 */
final class TenantQueue {
    /** The greatest size of a batch, except for a single trace: the parameters of its statement take as much memory again. */
    private static final long BATCH_BYTES = 8L * 1024 * 1024;

    /** After this number of failures as a batch of one, between which others had their turns, a trace is given up. */
    private static final int MOST_FAILURES = 10;

    private final TraceRecorderSettings settings;
    private final TraceRepository destination;
    private final Deque<BufferedTrace> waiting = new ArrayDeque<>();
    private final Deque<List<BufferedTrace>> parts = new ArrayDeque<>();
    private List<BufferedTrace> inFlight = List.of();
    private long waitingElements;
    private long waitingBytes;
    private int failures;
    private @Nullable PromptForgeException failure;
    private long retryAt;
    private long hurriedAt = -1;

    TenantQueue(TraceRepository destination, TraceRecorderSettings settings) {
        this.destination = destination;
        this.settings = settings;
    }

    TraceRepository destination() {
        return destination;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && parts.isEmpty() && inFlight.isEmpty();
    }

    /** All traces that are neither stored nor given up. */
    Stream<BufferedTrace> traces() {
        return Stream.of(inFlight.stream(), parts.stream().flatMap(List::stream), waiting.stream())
                .flatMap(part -> part);
    }

    /** The failure of the last attempt; empty if it succeeded. */
    Optional<PromptForgeException> failure() {
        return Optional.ofNullable(failure);
    }

    void add(BufferedTrace trace) {
        waiting.addLast(trace);
        waitingElements += trace.elements();
        waitingBytes += trace.bytes();
    }

    /** Makes everything that was accepted until now due, and retries a failing destination at once. */
    void hurry(long now) {
        hurriedAt = now;
        retryAt = Math.min(retryAt, now);
        failures = Math.min(failures, 1);
    }

    /**
     * The time at which the next batch is due.
     *
     * @param pressed whether the buffer needs room, so that nothing waits for a larger batch
     */
    long dueAt(boolean pressed) {
        if (failure != null) {
            return retryAt;
        }
        if (pressed || !parts.isEmpty() || waitingElements >= settings.batchSize() || waitingBytes >= BATCH_BYTES) {
            return 0;
        }
        long oldest = waiting.getFirst().acceptedAt();
        return oldest <= hurriedAt ? 0 : oldest + settings.longestDelay().toNanos();
    }

    /** Takes the next batch, of at least one trace. */
    List<BufferedTrace> take() {
        inFlight = parts.isEmpty() ? takeWaiting() : parts.removeFirst();
        return inFlight;
    }

    private List<BufferedTrace> takeWaiting() {
        List<BufferedTrace> batch = new ArrayList<>();
        long elements = 0;
        long bytes = 0;
        do {
            BufferedTrace next = waiting.getFirst();
            batch.add(next);
            waiting.removeFirst();
            elements += next.elements();
            bytes += next.bytes();
        } while (!waiting.isEmpty() && goesWith(batch, elements, bytes, waiting.getFirst()));
        waitingElements -= elements;
        waitingBytes -= bytes;
        return batch;
    }

    /** A trace that has failed before is a batch by itself. */
    private boolean goesWith(List<BufferedTrace> batch, long elements, long bytes, BufferedTrace next) {
        return elements + next.elements() <= settings.batchSize()
                && bytes + next.bytes() <= BATCH_BYTES
                && batch.get(0).failures() == 0
                && next.failures() == 0;
    }

    /** Notes that the traces of the taken batch are stored or refused. */
    void succeed() {
        inFlight = List.of();
        failures = 0;
        failure = null;
    }

    /** Notes that nothing of the taken batch is stored. Returns the traces to give up; the others are retried. */
    List<BufferedTrace> fail(PromptForgeException reason, long now) {
        List<BufferedTrace> batch = inFlight;
        inFlight = List.of();
        failures++;
        failure = reason;
        retryAt = now + Backoff.after(failures);
        if (isOutage(reason)) {
            parts.addFirst(batch);
        } else if (batch.size() > 1) {
            divide(batch);
        } else {
            BufferedTrace alone = batch.get(0);
            alone.fail();
            if (alone.failures() == MOST_FAILURES) {
                return batch;
            }
            add(alone);
        }
        return List.of();
    }

    /** Whether the cause is the database or the connection to it, whatever the traces; an operator repairs it. */
    private static boolean isOutage(PromptForgeException failure) {
        return failure instanceof RetryableException
                || failure instanceof TimedOutException
                || failure instanceof AccessDeniedException
                || failure instanceof SchemaNotMigratedException;
    }

    private void divide(List<BufferedTrace> batch) {
        int half = batch.size() / 2;
        parts.addFirst(List.copyOf(batch.subList(half, batch.size())));
        parts.addFirst(List.copyOf(batch.subList(0, half)));
    }

    /** Gives up all traces, with the reason. */
    Stream<AbandonedTrace> abandon(@Nullable Throwable cause) {
        Set<BufferedTrace> underWay = Set.copyOf(inFlight);
        Throwable reason = failure == null ? cause : failure;
        return traces().map(trace -> new AbandonedTrace(
                trace,
                new RecorderClosedException(
                        underWay.contains(trace)
                                ? "The trace recorder was closed while this trace was being stored; it may be"
                                        + " stored nevertheless, and may be recorded again."
                                : "The trace recorder was closed before this trace could be stored.",
                        reason)));
    }
}
