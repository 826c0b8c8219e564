package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.RetryableException.Reason;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.trace.JooqTraceRepository;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.TraceRepository;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores traces in the background in batches, for services that record one at a time: one recorder for the whole service and all
 * its tenants, for as long as the service runs. Thread-safe.
 *
 * <pre>{@code
 * TraceRecorder recorder = TraceRecorder.start(unstored ->
 *         log.warn("Trace {} is not stored", unstored.trace().id(), unstored.failure()));
 * recorder.record(tenant.traces(), trace);
 * recorder.close();
 * }</pre>
 *
 * <p><b>When.</b> Traces wait in one queue per destination. Repositories of the same tenant share one queue, whether {@code
 * tenant.traces()} was called once or for each trace. A queue is stored when it has enough for a batch, when its oldest trace has
 * waited for {@link TraceRecorderSettings#longestDelay}, and when the buffer is half full or a call waits for room or in {@link
 * #flush}. Tenants take turns, batch by batch. Batches are stored outside of a transaction of the caller: what a trace
 * refers to must be committed before.
 *
 * <p><b>Memory</b> is bounded by {@link TraceRecorderSettings#capacityBytes}, for all traces that are accepted and neither stored
 * nor given up, including the batch that is being stored. {@link NewTrace#estimatedBytes} says how it is estimated. Storing a batch
 * takes about three times the batch in addition; a batch is at most 8 MiB, unless a single trace is larger.
 *
 * <p><b>Failures.</b> While the database cannot be reached, denies access or is not migrated, a batch is retried, with pauses that
 * grow from 0.1 to 10 seconds; meanwhile the buffer fills, then refuses further traces, and {@link #status()} has the failure. A
 * failing tenant can fill three quarters of the buffer, so that others have room. Traces that the database refuses are given up, and
 * the others of their batch are stored ({@link TraceRepository#recordAccepted}): one call and two transactions, however many are
 * refused. After a failure of an unknown kind a batch is both halved and retried; a trace that fails ten times as a batch of one, while
 * others had their turns, is given up. A lost connection can make a trace be recorded twice, which has no effect ({@link
 * TraceRepository#record(List)}). The listener is called for every trace that is given up; no other accepted trace is lost as long as the
 * JVM runs.
 *
 * <p><b>Threads.</b> The recorder has one daemon thread and no shutdown hook: close it when the service ends, before its connection
 * pool; traces that are buffered when a JVM ends without that are lost. A database call that hangs delays all tenants, so the
 * DataSource should have connect and read timeouts. Use one recorder per database, so that none waits for another's timeouts.
 */
public final class TraceRecorder implements AutoCloseable {
    private final TraceRecorderSettings settings;
    private final Consumer<UnstoredTrace> listener;
    private final TraceBuffer buffer;
    private final Thread thread = new Thread(this::run, "promptforge-trace-recorder");

    private TraceRecorder(TraceRecorderSettings settings, Consumer<UnstoredTrace> listener) {
        this.settings = settings;
        this.listener = listener;
        this.buffer = new TraceBuffer(settings);
    }

    /** A recorder with the default settings; see {@link #start(TraceRecorderSettings, Consumer)}. */
    public static TraceRecorder start(Consumer<UnstoredTrace> listener) {
        return start(TraceRecorderSettings.defaults(), listener);
    }

    /**
     * Starts a recorder.
     *
     * @param listener called for each accepted trace that is given up: on the recorder's thread, which stores nothing meanwhile, or
     *     on the one that closes the recorder. What it throws becomes a suppressed exception of the failure.
     */
    public static TraceRecorder start(TraceRecorderSettings settings, Consumer<UnstoredTrace> listener) {
        TraceRecorder recorder =
                new TraceRecorder(Check.present("settings", settings), Check.present("listener", listener));
        recorder.thread.setDaemon(true);
        recorder.thread.start();
        return recorder;
    }

    /**
     * Accepts a trace, which is stored later. While the buffer is full the call waits, up to {@link
     * TraceRecorderSettings#recordTimeout}; it does not wait in a callback of this recorder, nor after an interrupt.
     *
     * @param destination the traces of a tenant, {@code tenant.traces()}. Equal repositories are one destination. It must not
     *     belong to a transaction or a caller's connection, which are for one thread only (this library's own are refused; it
     *     cannot recognize wrapped ones).
     * @return completed when the trace is committed, and completed exceptionally when it is given up, with the failure that the
     *     listener gets. It may be ignored. Dependent stages run on the recorder's thread, unless they are asynchronous.
     * @throws io.promptforge.dao.error.BufferFullException if the buffer is still full after that time
     * @throws InvalidValueException if the destination belongs to a transaction or connection, or the trace exceeds the whole
     *     capacity: record such a trace directly
     * @throws io.promptforge.dao.error.RecorderClosedException if the recorder is closed
     */
    public CompletionStage<Void> record(TraceRepository destination, NewTrace trace) {
        BufferedTrace buffered = check(destination, trace);
        buffer.put(buffered, isOwnThread() ? Duration.ZERO : settings.recordTimeout());
        return buffered.stored().minimalCompletionStage();
    }

    /**
     * Accepts a trace if the buffer has room for it now. Never waits.
     *
     * @param destination as for {@link #record}
     * @return false if the buffer is full
     * @throws InvalidValueException as {@link #record} does
     * @throws io.promptforge.dao.error.RecorderClosedException if the recorder is closed
     */
    public boolean offer(TraceRepository destination, NewTrace trace) {
        return buffer.offer(check(destination, trace));
    }

    /**
     * Stores everything that was accepted before the call without further delay, and waits until it is stored or given up.
     *
     * @param atMost how long to wait; not negative
     * @throws RetryableException if it was not done in time, or the thread was interrupted; the rest is stored later
     * @throws PromptForgeException if a trace was given up meanwhile; the cause is the failure of one such trace
     */
    public void flush(Duration atMost) {
        long patience = Check.present("atMost", Check.optionalDuration("atMost", atMost))
                .toNanos();
        refuseOwnThread("flushed");
        List<CompletableFuture<Void>> open = buffer.hurry();
        try {
            CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).get(patience, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new PromptForgeException(
                    "Some traces were given up; the listener was called for each of them.", e.getCause());
        } catch (TimeoutException e) {
            throw notFlushed("within " + atMost, open);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notFlushed("before the thread was interrupted", open);
        }
    }

    private RetryableException notFlushed(String when, List<CompletableFuture<Void>> open) {
        long left = open.stream().filter(stored -> !stored.isDone()).count();
        return new RetryableException(
                Reason.NOT_DONE_IN_TIME,
                left + " of " + open.size() + " traces were not stored " + when
                        + "; they are stored later, unless the cause persists.",
                status().failure().orElse(null));
    }

    /** The current state. Returns at once. */
    public TraceRecorderStatus status() {
        return buffer.status();
    }

    /**
     * Refuses further traces and stores the buffered ones, for up to {@link TraceRecorderSettings#closeTimeout} or until the
     * thread is interrupted. Traces that are not stored by then are given up, and the listener is called for each of them before the
     * call returns; those that were being stored at that moment may still be stored. A second call does nothing.
     */
    @Override
    public void close() {
        refuseOwnThread("closed");
        buffer.close();
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, settings.closeTimeout().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        giveUp(null);
    }

    private void run() {
        try {
            for (Batch batch = buffer.take(); batch != null; batch = buffer.take()) {
                store(batch);
            }
        } catch (Throwable e) {
            // Such as an OutOfMemoryError outside of an attempt: the recorder must not seem to work any more.
            giveUp(e);
            throw e;
        }
    }

    private void store(Batch batch) {
        List<AbandonedTrace> refused;
        try {
            refused = batch.store();
        } catch (PromptForgeException e) {
            retry(batch, e);
            return;
        } catch (Throwable e) {
            retry(batch, new PromptForgeException("Storing traces failed for an unexpected reason.", e));
            return;
        }
        if (buffer.succeed(batch, refused)) {
            refused.forEach(trace -> trace.report(listener));
            // those of refused traces are completed already
            batch.traces().forEach(trace -> trace.stored().complete(null));
        }
    }

    private void retry(Batch batch, PromptForgeException failure) {
        buffer.fail(batch, failure).forEach(trace -> trace.report(listener));
    }

    private void giveUp(@Nullable Throwable cause) {
        buffer.abandon(cause).forEach(trace -> trace.report(listener));
    }

    private BufferedTrace check(TraceRepository destination, NewTrace trace) {
        if (Check.present("destination", destination) instanceof JooqTraceRepository traces && !traces.isThreadSafe()) {
            throw new InvalidValueException(
                    "destination",
                    "The destination belongs to a transaction or a connection, which are for one thread only.",
                    "Use the traces() of a tenant outside of it.",
                    null);
        }
        BufferedTrace buffered = new BufferedTrace(destination, Check.present("trace", trace));
        if (buffered.bytes() > settings.capacityBytes()) {
            throw new InvalidValueException(
                    "trace",
                    "The trace takes " + buffered.bytes() + " bytes of memory, more than the whole capacity of "
                            + settings.capacityBytes() + ".",
                    "Record it directly, or raise capacityBytes.",
                    null);
        }
        return buffered;
    }

    private boolean isOwnThread() {
        return Thread.currentThread() == thread;
    }

    private void refuseOwnThread(String done) {
        if (isOwnThread()) {
            throw new PromptForgeException(
                    "The trace recorder cannot be " + done + " in its own callback: the call would wait for itself.",
                    null);
        }
    }
}
