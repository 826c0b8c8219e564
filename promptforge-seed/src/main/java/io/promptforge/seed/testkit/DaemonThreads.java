package io.promptforge.seed.testkit;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Executors with one daemon thread each, which ends after a second without work and does not keep the JVM alive. */
final class DaemonThreads {
    private static final long IDLE_SECONDS = 1;

    private DaemonThreads() {}

    static ThreadPoolExecutor thread(String task) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(task));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Like {@link #thread}, for tasks with a delay as well. */
    static ScheduledThreadPoolExecutor scheduler(String task) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, daemons(task));
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    static ThreadFactory daemons(String task) {
        return work -> {
            Thread thread = new Thread(work, "promptforge-test-databases-" + task);
            thread.setDaemon(true);
            return thread;
        };
    }
}
