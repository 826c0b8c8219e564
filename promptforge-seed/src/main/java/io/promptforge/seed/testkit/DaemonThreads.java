package io.promptforge.seed.testkit;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that work behind the tests: one at a time, gone when there is nothing to do, and no reason to stay for a JVM. */
final class DaemonThreads {
    private static final long IDLE_SECONDS = 1;

    private DaemonThreads() {}

    static ThreadPoolExecutor thread(String task) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(task));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** One that can also do things later. */
    static ScheduledThreadPoolExecutor clock(String task) {
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
