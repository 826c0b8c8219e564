package io.promptforge.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that write at the same time. */
final class WriterThreads implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Handles all elements concurrently, a single one on the calling thread. */
    <T> void run(List<T> things, Action<T> action) throws Exception {
        if (things.size() == 1) {
            action.on(things.get(0));
            return;
        }
        List<Callable<Void>> tasks = new ArrayList<>();
        for (T thing : things) {
            tasks.add(() -> {
                action.on(thing);
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(tasks)) {
            succeed(done);
        }
    }

    private static void succeed(Future<Void> done) throws Exception {
        try {
            done.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    /** Handles one element. */
    interface Action<T> {
        void on(T thing) throws Exception;
    }
}
