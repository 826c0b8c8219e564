package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.error.RecorderClosedException;
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
 * What waits for one destination, what is being stored there, and what came of earlier attempts. A batch that is refused is
 * divided until the traces are found that are to blame; one that fails for no reason of its own is tried again after a
 * pause. Guarded by the buffer's lock; times are the buffer's.
 */
final class TenantQueue {
    /** What one statement carries at most, a single trace excepted: its parameters take as much memory again. */
    private static final long BATCH_BYTES = 8L * 1024 * 1024;

    /** After so many failures by itself, between which others had their turns, a trace counts as refused. */
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

    /** Everything that is not settled. */
    Stream<BufferedTrace> traces() {
        return Stream.of(inFlight.stream(), parts.stream().flatMap(List::stream), waiting.stream())
                .flatMap(part -> part);
    }

    /** Why storing fails at present. */
    Optional<PromptForgeException> failure() {
        return Optional.ofNullable(failure);
    }

    void add(BufferedTrace trace) {
        waiting.addLast(trace);
        waitingElements += trace.elements();
        waitingBytes += trace.bytes();
    }

    /** Makes everything that was accepted until now due, and a destination that fails be tried once more. */
    void hurry(long now) {
        hurriedAt = now;
        retryAt = Math.min(retryAt, now);
        failures = Math.min(failures, 1);
    }

    /**
     * When there is something to store.
     *
     * @param pressed whether the buffer needs room, so that nothing waits for a better batch
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

    /** Takes what is to be stored next, at least one trace. */
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

    /** A suspect travels alone. */
    private boolean goesWith(List<BufferedTrace> batch, long elements, long bytes, BufferedTrace next) {
        return elements + next.elements() <= settings.batchSize()
                && bytes + next.bytes() <= BATCH_BYTES
                && batch.get(0).failures() == 0
                && next.failures() == 0;
    }

    /** What was taken is stored. */
    void succeed() {
        inFlight = List.of();
        failures = 0;
        failure = null;
    }

    /** What was taken is not stored, none of it. Returns what is given up; the rest comes again. */
    List<BufferedTrace> fail(PromptForgeException reason, long now) {
        List<BufferedTrace> batch = inFlight;
        Blame blame = Blame.of(reason);
        if (blame == Blame.TRACE) {
            succeed();
        } else {
            inFlight = List.of();
            failures++;
            failure = reason;
            retryAt = now + Backoff.after(failures);
        }
        if (blame == Blame.DATABASE) {
            parts.addFirst(batch);
        } else if (batch.size() > 1) {
            divide(batch);
        } else {
            BufferedTrace alone = batch.get(0);
            alone.fail();
            if (blame == Blame.TRACE || alone.failures() == MOST_FAILURES) {
                return batch;
            }
            add(alone);
        }
        return List.of();
    }

    private void divide(List<BufferedTrace> batch) {
        int half = batch.size() / 2;
        parts.addFirst(List.copyOf(batch.subList(half, batch.size())));
        parts.addFirst(List.copyOf(batch.subList(0, half)));
    }

    /** Everything, with the reason why nothing of it is stored any more. */
    Stream<GivenUp> abandon(@Nullable Throwable cause) {
        Set<BufferedTrace> underWay = Set.copyOf(inFlight);
        Throwable reason = failure == null ? cause : failure;
        return traces().map(trace -> new GivenUp(
                trace,
                new RecorderClosedException(
                        underWay.contains(trace)
                                ? "The trace recorder was closed while this trace was being stored; it may be"
                                        + " stored nevertheless, and may be recorded again."
                                : "The trace recorder was closed before this trace could be stored.",
                        reason)));
    }
}
