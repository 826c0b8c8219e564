package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.RetryableException.Reason;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.session.SessionBound;
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
 * Stores traces in the background, many at once, for services that record one at a time: one recorder for the whole
 * service and all its tenants, for as long as the service runs. Thread-safe.
 *
 * <pre>{@code
 * TraceRecorder recorder = TraceRecorder.start(unstored ->
 *         log.warn("Trace {} is not stored", unstored.trace().id(), unstored.failure()));
 * recorder.record(tenant.traces(), trace);
 * recorder.close();
 * }</pre>
 *
 * <p><b>When.</b> The traces of a tenant are stored when there are enough for a batch, when the oldest has waited for
 * {@link TraceRecorderSettings#longestDelay()}, and when the buffer is half full or somebody waits for room or {@link
 * #flush}. Tenants take turns, batch by batch. Each batch is a transaction of its own, whatever becomes of one that the
 * caller is in: what a trace refers to must be committed before.
 *
 * <p><b>Memory</b> is bounded by {@link TraceRecorderSettings#capacityBytes()}, within which everything counts that is
 * accepted and not settled, the batch under way included. The count is an estimate: 512 bytes for each trace and span; 64
 * for each text and 2 for each of its characters; for a document 160 for each object and array, 64 for each other value, and
 * for its names and texts the same as for other texts. To store a batch takes memory as well, some three times the
 * batch; it is of 8 MiB at most, unless a single trace is bigger.
 *
 * <p><b>Failures.</b> While the database cannot be reached, denies access or is not migrated, a batch is tried again and
 * again, with pauses that grow from a tenth of a second to ten; the buffer fills meanwhile and then refuses, and {@link
 * #status()} says why. Of that tenant it takes only three quarters, so that there is room for others. A batch that the
 * database refuses because of a trace is halved until that trace is found; it alone is given up, and the others are stored.
 * After a failure of no known kind a batch is both halved and tried again; a trace that has failed ten times by itself, while
 * others had their turns, is given up. A lost connection can make a trace be recorded twice, which {@link
 * TraceRepository#record(List)} puts up with. Whatever is given up goes to the listener; nothing else is lost as long as the
 * JVM runs.
 *
 * <p><b>Threads.</b> There is one, a daemon, and no shutdown hook: close the recorder where the service ends, before its
 * pool of connections; what a JVM that ends without that has in the buffer is lost. A call of the database that hangs holds
 * up all tenants, so the DataSource should have a time limit for connecting and reading. A recorder is for one database;
 * of several, each should have its own, so that none waits for another's time limits.
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
     * @param listener is told of each accepted trace that is given up; on the recorder's thread, which stores nothing
     *     meanwhile, or on the one that closes it. What it throws becomes a suppressed exception of the failure.
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
     * TraceRecorderSettings#recordTimeout()}; in a callback of this recorder, and after an interrupt, it does not.
     *
     * @param destination the traces of a tenant, {@code tenant.traces()}, be it got once or for each call: what is equal is
     *     one destination. Not of a transaction, nor on a connection of the caller's, which are for one thread only (such
     *     ones of this library are refused; wrapped ones it cannot recognize).
     * @return completed when the trace is committed, and exceptionally when it is given up, with the failure that the
     *     listener got. It may be ignored. What depends on it runs on the recorder's thread, unless it is made asynchronous.
     * @throws io.promptforge.dao.error.BufferFullException if there is no room in time
     * @throws InvalidValueException if the destination belongs to a transaction or connection, or the trace takes more than
     *     the whole capacity: such a trace can only be stored directly
     * @throws io.promptforge.dao.error.RecorderClosedException if the recorder is closed
     */
    public CompletionStage<Void> record(TraceRepository destination, NewTrace trace) {
        BufferedTrace buffered = check(destination, trace);
        buffer.put(buffered, isOwnThread() ? Duration.ZERO : settings.recordTimeout());
        return buffered.stored().minimalCompletionStage();
    }

    /**
     * Accepts a trace if there is room for it now. Never waits.
     *
     * @param destination the same as of {@link #record}
     * @return false if the buffer is full
     * @throws InvalidValueException as {@link #record} does
     * @throws io.promptforge.dao.error.RecorderClosedException if the recorder is closed
     */
    public boolean offer(TraceRepository destination, NewTrace trace) {
        return buffer.offer(check(destination, trace));
    }

    /**
     * Stores everything that was accepted before the call, without further delay, and waits until that is done.
     *
     * @param atMost how long to wait; not negative
     * @throws RetryableException if the time was too short, or the thread interrupted; what is left will be stored later
     * @throws PromptForgeException if something was given up meanwhile; its cause is the failure of one such trace
     */
    public void flush(Duration atMost) {
        long patience = Check.present("atMost", Check.optionalDuration("atMost", atMost))
                .toNanos();
        refuseOwnThread("flushed");
        List<CompletableFuture<Void>> open = buffer.hurry();
        try {
            CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).get(patience, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new PromptForgeException("Not all traces were stored; the listener knows which.", e.getCause());
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
                        + "; they will be, unless the cause lasts.",
                status().failure().orElse(null));
    }

    /** How it is doing. Takes no time to speak of. */
    public TraceRecorderStatus status() {
        return buffer.status();
    }

    /**
     * Accepts nothing more, and stores what is buffered, for up to {@link TraceRecorderSettings#closeTimeout()}, or until
     * the thread is interrupted. What is not stored then is given up, and when the call returns the listener was told of
     * each such trace; those that were being stored at that moment may get stored nevertheless. Does nothing when it is
     * called again.
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
            // Such as a lack of memory outside of an attempt: nobody shall believe that this recorder still works.
            giveUp(e);
            throw e;
        }
    }

    private void store(Batch batch) {
        PromptForgeException failure = attempt(batch);
        if (failure == null) {
            buffer.succeed(batch).forEach(trace -> trace.stored().complete(null));
        } else {
            buffer.fail(batch, failure).forEach(trace -> trace.report(listener));
        }
    }

    private static @Nullable PromptForgeException attempt(Batch batch) {
        try {
            batch.store();
            return null;
        } catch (PromptForgeException e) {
            return e;
        } catch (Throwable e) {
            return new PromptForgeException("Storing traces failed for an unexpected reason.", e);
        }
    }

    private void giveUp(@Nullable Throwable cause) {
        buffer.abandon(cause).forEach(trace -> trace.report(listener));
    }

    private BufferedTrace check(TraceRepository destination, NewTrace trace) {
        if (Check.present("destination", destination) instanceof SessionBound bound && !bound.isThreadSafe()) {
            throw new InvalidValueException(
                    "destination",
                    "The destination belongs to a transaction or a connection, which are for one thread only; give the"
                            + " traces() of a tenant outside of it.",
                    null);
        }
        BufferedTrace buffered = new BufferedTrace(destination, Check.present("trace", trace));
        if (buffered.bytes() > settings.capacityBytes()) {
            throw new InvalidValueException(
                    "trace",
                    "The trace takes " + buffered.bytes() + " bytes of memory, more than the whole capacity of "
                            + settings.capacityBytes() + "; record it directly, or raise capacityBytes.",
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
                    "The trace recorder cannot be " + done + " in its own callback, which it would wait for.", null);
        }
    }
}
