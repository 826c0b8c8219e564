package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.error.BufferFullException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.error.RecorderClosedException;
import io.promptforge.dao.trace.TraceRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The accepted traces that are neither stored nor given up, within a capacity. Producers add traces; one consumer takes batches,
 * tenant by tenant in turn, and reports the outcome of each. Thread-safe.
 */
final class TraceBuffer {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long AWAKE = Long.MIN_VALUE;

    private final TraceRecorderSettings settings;
    private final long start = System.nanoTime();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition work = lock.newCondition();

    /** By destination; the queue that had the last turn comes last. None is empty. */
    private final Map<TraceRepository, TenantQueue> queues = new LinkedHashMap<>();

    private long accepted;
    private long stored;
    private long unstored;
    private long refused;
    private long bytes;
    private int waitingForRoom;
    private long sleepsUntil = AWAKE;
    private boolean closed;
    private boolean abandoned;

    TraceBuffer(TraceRecorderSettings settings) {
        this.settings = settings;
    }

    /** Adds a trace, if there is room for it. */
    boolean offer(BufferedTrace trace) {
        lock.lock();
        try {
            refuseWhenClosed();
            boolean fits = fits(trace);
            if (fits) {
                add(trace);
            } else {
                refused++;
            }
            return fits;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a trace, if there is room for it in time. */
    void put(BufferedTrace trace, Duration patience) {
        lock.lock();
        try {
            refuseWhenClosed();
            if (!fits(trace)) {
                awaitRoom(trace, patience.toNanos());
            }
            add(trace);
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom(BufferedTrace trace, long patience) {
        waitingForRoom++;
        try {
            wakeConsumer(0);
            long left = patience;
            while (!fits(trace)) {
                if (left <= 0) {
                    throw full();
                }
                left = room.awaitNanos(left);
                refuseWhenClosed();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw full();
        } finally {
            waitingForRoom--;
        }
    }

    /** A failing destination may fill three quarters of the capacity, so that the others have room. */
    private boolean fits(BufferedTrace trace) {
        TenantQueue queue = queues.get(trace.destination());
        long capacity = settings.capacityBytes();
        boolean fails = queue != null && queue.failure().isPresent();
        return bytes + trace.bytes() <= (fails ? capacity - capacity / 4 : capacity);
    }

    private void add(BufferedTrace trace) {
        trace.accept(now());
        TenantQueue queue = queues.computeIfAbsent(trace.destination(), this::newQueue);
        queue.add(trace);
        accepted++;
        bytes += trace.bytes();
        wakeConsumer(queue.dueAt(isPressed()));
    }

    private TenantQueue newQueue(TraceRepository destination) {
        return new TenantQueue(destination, settings);
    }

    private void wakeConsumer(long dueAt) {
        if (dueAt < sleepsUntil) {
            work.signal();
        }
    }

    /** Whether the buffer is half full, or a producer waits for room. */
    private boolean isPressed() {
        return waitingForRoom > 0 || bytes > settings.capacityBytes() / 2;
    }

    private BufferFullException full() {
        refused++;
        Optional<PromptForgeException> failure = failure();
        String reason = failure.isPresent()
                ? "because storing fails, as the cause says; they are stored as soon as that is repaired."
                : "because more is recorded than the database stores; record less, or raise capacityBytes.";
        return new BufferFullException(
                "The trace recorder is full: " + bytes + " of " + settings.capacityBytes() + " bytes are used by "
                        + bufferedTraces() + " traces, " + reason,
                bytes,
                settings.capacityBytes(),
                failure.orElse(null));
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new RecorderClosedException("The trace recorder is closed, and records nothing more.", null);
        }
    }

    /** Waits for a batch that is due; null after closing, when no batch is left. For the consumer only. */
    @Nullable Batch take() {
        lock.lock();
        try {
            while (!abandoned && !(closed && queues.isEmpty())) {
                long now = now();
                long next = NEVER;
                for (TenantQueue queue : queues.values()) {
                    long dueAt = queue.dueAt(isPressed());
                    if (dueAt <= now) {
                        return new Batch(queue, queue.take());
                    }
                    next = Math.min(next, dueAt);
                }
                sleepsUntil = next;
                work.awaitNanos(next - now);
                sleepsUntil = AWAKE;
            }
            return null;
        } catch (InterruptedException e) {
            // An interrupt by the driver or the listener: only closing ends this thread.
            sleepsUntil = AWAKE;
            return take();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Notes that a batch is committed, but for these traces. Returns whether its traces are to be told; false if they were given up
     * meanwhile.
     */
    boolean succeed(Batch batch, List<AbandonedTrace> refused) {
        lock.lock();
        try {
            if (abandoned) {
                return false;
            }
            batch.queue().succeed();
            stored += batch.traces().size() - refused.size();
            unstored += refused.size();
            settle(batch.queue(), batch.traces());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that nothing of a batch is stored. Returns the traces that are given up because of it. */
    List<AbandonedTrace> fail(Batch batch, PromptForgeException failure) {
        lock.lock();
        try {
            if (abandoned) {
                return List.of();
            }
            List<BufferedTrace> givenUp = batch.queue().fail(failure, now());
            unstored += givenUp.size();
            settle(batch.queue(), givenUp);
            return givenUp.stream()
                    .map(trace -> new AbandonedTrace(trace, failure))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private void settle(TenantQueue queue, List<BufferedTrace> traces) {
        traces.forEach(trace -> bytes -= trace.bytes());
        queues.remove(queue.destination());
        if (!queue.isEmpty()) {
            queues.put(queue.destination(), queue);
        }
        room.signalAll();
    }

    /** Makes everything due; returns the futures of all buffered traces. */
    List<CompletableFuture<Void>> hurry() {
        lock.lock();
        try {
            List<CompletableFuture<Void>> open = new ArrayList<>();
            for (TenantQueue queue : queues.values()) {
                queue.hurry(now());
                queue.traces().map(BufferedTrace::stored).forEach(open::add);
            }
            work.signal();
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts nothing more, and makes everything due. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            hurry();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives up all buffered traces, and returns them.
     *
     * @param cause why, for destinations where storing has not failed
     */
    List<AbandonedTrace> abandon(@Nullable Throwable cause) {
        lock.lock();
        try {
            closed = true;
            abandoned = true;
            List<AbandonedTrace> rest = new ArrayList<>();
            for (TenantQueue queue : queues.values()) {
                queue.abandon(cause).forEach(rest::add);
            }
            unstored += rest.size();
            bytes = 0;
            queues.clear();
            room.signalAll();
            work.signal();
            return rest;
        } finally {
            lock.unlock();
        }
    }

    TraceRecorderStatus status() {
        lock.lock();
        try {
            return new TraceRecorderStatus(accepted, stored, unstored, refused, bufferedTraces(), bytes, failure());
        } finally {
            lock.unlock();
        }
    }

    private long bufferedTraces() {
        return accepted - stored - unstored;
    }

    private Optional<PromptForgeException> failure() {
        return queues.values().stream()
                .map(TenantQueue::failure)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Nanoseconds since this buffer was made. */
    private long now() {
        return System.nanoTime() - start;
    }
}
