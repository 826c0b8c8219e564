package io.promptforge.postgres;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps a folder in use: an entry of the cache is not removed while a lease on it is open in any JVM. */
final class FolderLease implements AutoCloseable {

    private final Path folder;
    private final AtomicReference<Runnable> release;

    FolderLease(Path folder, Runnable release) {
        this.folder = folder;
        this.release = new AtomicReference<>(release);
    }

    /** A lease on a folder that is never removed. */
    static FolderLease permanent(Path folder) {
        return new FolderLease(folder, FolderLease::nothing);
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        release.getAndSet(FolderLease::nothing).run();
    }

    private static void nothing() {}
}
