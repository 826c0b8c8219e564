package io.promptforge.postgres;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock of one cache entry: shared by those who use it, exclusive for who builds or removes it. It holds between
 * JVMs by a lock on a file, which the operating system takes back when a JVM dies, and between the threads of this one.
 *
 * <p>A JVM may hold only one file lock on a file, and closing any channel of the file gives it up. So there is one
 * object per file, which counts its users. The files are never removed: who waits for a removed one would hold nothing.
 */
final class EntryLock {

    /** What is done under the exclusive lock. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    private static final ConcurrentMap<Path, EntryLock> LOCKS = new ConcurrentHashMap<>();

    private final ReentrantLock threads = new ReentrantLock();
    private final Path file;
    private int users;
    private @Nullable FileChannel channel;

    private EntryLock(Path file) {
        this.file = file;
    }

    static EntryLock of(Path file) {
        return LOCKS.computeIfAbsent(file.toAbsolutePath().normalize(), EntryLock::new);
    }

    /** Takes part in the use of the entry; waits while somebody builds or removes it. */
    Lease share(Path entry) throws IOException {
        threads.lock();
        try {
            if (users == 0) {
                channel = openShared();
            }
            users++;
            return new Lease(entry, this::release);
        } finally {
            threads.unlock();
        }
    }

    /** Runs the action while nobody else uses, builds or removes the entry; waits for that. */
    void exclusively(Action action) throws IOException {
        threads.lock();
        try {
            if (users > 0) {
                // Only when the entry was removed by hand under a running server; its file lock is ours already.
                action.run();
                return;
            }
            try (FileChannel exclusive = FileChannel.open(file, CREATE, READ, WRITE)) {
                FileTree.permit(file, FileTree.PUBLIC_FILE);
                exclusive.lock();
                action.run();
            }
        } finally {
            threads.unlock();
        }
    }

    /** Runs the action if nobody uses, builds or removes the entry at this moment. */
    void ifUnused(Action action) throws IOException {
        // Held by this thread: it is building the entry, and has just built another one that this one needs.
        if (threads.isHeldByCurrentThread() || !threads.tryLock()) {
            return;
        }
        try {
            if (users > 0) {
                return;
            }
            try (FileChannel exclusive = FileChannel.open(file, CREATE, READ, WRITE);
                    @Nullable FileLock lock = exclusive.tryLock()) {
                if (lock != null) {
                    action.run();
                }
            }
        } finally {
            threads.unlock();
        }
    }

    private void release() {
        threads.lock();
        try {
            users--;
            FileChannel last = channel;
            if (users == 0 && last != null) {
                channel = null;
                last.close();
            }
        } catch (IOException ignored) {
            // The lock is given up with the channel whatever close() says.
        } finally {
            threads.unlock();
        }
    }

    /** Null where the file cannot be had: nobody who could remove the entry would look at our lock there. */
    private @Nullable FileChannel openShared() throws IOException {
        if (!Files.isReadable(file)) {
            return null;
        }
        FileChannel shared = FileChannel.open(file, READ);
        try {
            shared.lock(0, Long.MAX_VALUE, true);
            return shared;
        } catch (IOException e) {
            shared.close();
            throw e;
        }
    }
}
