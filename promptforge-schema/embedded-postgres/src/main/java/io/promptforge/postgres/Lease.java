package io.promptforge.postgres;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/** The use of a folder. While a lease on a cache entry is open, in any JVM, the entry is not removed. */
final class Lease implements AutoCloseable {

    private final Path folder;
    private final AtomicReference<Runnable> release;

    Lease(Path folder, Runnable release) {
        this.folder = folder;
        this.release = new AtomicReference<>(release);
    }

    /** For a folder that nobody removes. */
    static Lease permanent(Path folder) {
        return new Lease(folder, Lease::nothing);
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        release.getAndSet(Lease::nothing).run();
    }

    private static void nothing() {}
}
