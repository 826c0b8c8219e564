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
 * The lock of one cache entry: shared for users of the entry, exclusive for its builder and remover. It works between JVMs,
 * by a lock on a file, which the operating system releases when a JVM dies, and between the threads of this JVM.
 *
 * <p>A JVM may hold only one file lock on a file, and closing any channel of the file releases it. So there is one object
 * per file, which counts its users. The lock files are never removed: a lock on a removed file would exclude no other JVM.
 */
final class EntryLock {

    /** An action under the exclusive lock. */
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

    /** Takes the shared lock; waits while the entry is built or removed. */
    FolderLease share(Path entry) throws IOException {
        threads.lock();
        try {
            if (users == 0) {
                channel = openShared();
            }
            users++;
            return new FolderLease(entry, this::release);
        } finally {
            threads.unlock();
        }
    }

    /** Runs the action under the exclusive lock; waits until the entry is not used, built or removed. */
    void exclusively(Action action) throws IOException {
        threads.lock();
        try {
            if (users > 0) {
                // Happens only when the entry was removed by hand under a running server; this JVM holds its file lock
                // already.
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

    /** Runs the action under the exclusive lock if that is free now; does not wait. */
    void ifUnused(Action action) throws IOException {
        // This thread holds the lock already: while it builds the entry, it has built another one that this one needs.
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
            // The lock is released with the channel even if close() fails.
        } finally {
            threads.unlock();
        }
    }

    /** Returns null when the file cannot be opened: a user who could remove the entry would not see the lock there. */
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
