package io.promptforge.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server on Windows, without a watchdog: a shutdown hook ends it, so that a killed JVM leaves its server running.
 */
final class UnwatchedProcess implements ServerProcess {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Process server;
    private final ServerFolder folder;
    private final Thread hook = new Thread(this::killQuietly, "promptforge-postgres-end");

    private UnwatchedProcess(Process server, ServerFolder folder) {
        this.server = server;
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @param cluster unpacked into the data folder first, unless null */
    static UnwatchedProcess start(
            LauncherEnvironment machine, ServerFolder folder, @Nullable CachedCluster cluster, List<String> server)
            throws IOException {
        if (cluster != null) {
            ClusterArchive.unpack(cluster.archive(), folder.data(), path -> {});
        }
        Process process = ExternalCommand.builder(machine, server)
                .redirectErrorStream(true)
                .redirectOutput(folder.log().toFile())
                .start();
        return new UnwatchedProcess(process, folder);
    }

    @Override
    public ProcessHandle handle() {
        return server.toHandle();
    }

    @Override
    public boolean hasEnded() {
        return !server.isAlive();
    }

    @Override
    public void kill() throws IOException {
        shutDown();
        folder.delete();
    }

    /** Kills the server, as Windows offers no other way; its next start recovers from the write-ahead log. */
    @Override
    public void shutDown() throws IOException {
        server.destroyForcibly();
        try {
            if (!server.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("the server did not end in " + LIMIT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the server was ending", e);
        }
        removeHook();
    }

    /** Ignores the limit, because no watchdog enforces it: the server runs until it is ended by hand. */
    @Override
    public void leaveRunning(Duration limit) {
        removeHook();
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The JVM is shutting down already, perhaps by this hook.
        }
    }

    private void killQuietly() {
        try {
            kill();
        } catch (IOException atTheEnd) {
            // The JVM is ending; the error cannot be reported.
        }
    }
}
