package io.promptforge.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A server that accepts connections. */
record Server(ServerProcess process, ServerFolder folder, int port) {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(3);
    private static final int PORTS_TRIED = 5;

    /** What is needed to start one. */
    record Plan(Machine machine, ServerUser user, Installation installation, int major, Map<String, String> settings) {}

    /**
     * Starts a server in a folder. Between the moment a free port is found and the server's taking it somebody else
     * may take it; then another one is tried.
     *
     * @param cluster unpacked into the data folder first, unless null
     */
    static Server start(Plan plan, ServerFolder folder, @Nullable Cluster cluster) throws IOException {
        Attempts attempts = new Attempts();
        @Nullable Cluster toUnpack = cluster;
        for (int i = 0; i < PORTS_TRIED; i++) {
            int port = plan.machine.ports().getAsInt();
            ServerProcess process = launch(plan, folder, toUnpack, port);
            if (isReady(process, folder)) {
                return new Server(process, folder, port);
            }
            String log = end(process, folder);
            if (toUnpack != null && folder.isWithoutCluster()) {
                folder.unpack(toUnpack, plan.user);
                toUnpack = null;
                continue;
            }
            if (!log.contains("could not create any TCP/IP sockets")) {
                throw failure(plan, folder, log);
            }
            attempts.failed("port " + port, bindError(log));
            toUnpack = null;
        }
        throw attempts.failure(
                "PostgreSQL found no free port of 127.0.0.1.", "try again, or end what takes the ports.");
    }

    private static ServerProcess launch(Plan plan, ServerFolder folder, @Nullable Cluster cluster, int port)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(plan.installation.postgres().toString());
        command.addAll(List.of("-D", folder.data().toString()));
        command.addAll(ServerSettings.arguments(plan.machine, plan.major, port, plan.settings));
        Ownership.note(folder, ProcessHandle.current());
        ServerProcess process = plan.machine.isWindows()
                ? UnwatchedProcess.start(plan.machine, folder, cluster, command)
                : WatchedProcess.start(plan.machine, plan.user, folder, cluster, command);
        try {
            Ownership.note(folder, ProcessHandle.current(), process.handle());
            return process;
        } catch (IOException e) {
            process.kill();
            throw e;
        }
    }

    private static boolean isReady(ServerProcess process, ServerFolder folder) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            if (PostmasterFile.in(folder.data()).isReady()) {
                return true;
            }
            if (process.hasEnded()) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return false;
    }

    private static String bindError(String log) {
        return log.lines()
                .filter(line -> line.contains("could not bind"))
                .findFirst()
                .orElse(log);
    }

    /** Ends a server that has failed to start and returns the end of its log. */
    private static String end(ServerProcess process, ServerFolder folder) {
        String reason = process.hasEnded() ? "" : "not ready after " + LIMIT.toSeconds() + " s\n";
        if (Thread.currentThread().isInterrupted()) {
            reason = "interrupted while it was starting\n";
        }
        try {
            process.shutDown();
        } catch (IOException expected) {
            // It has failed already; the log says why.
        }
        return reason + folder.logTail();
    }

    private static EmbeddedPostgresException failure(Plan plan, ServerFolder folder, String log) {
        String hint = plan.user
                .name()
                .map(name -> " It runs as " + name + ", who must be able to enter every folder above "
                        + plan.installation.home() + " and " + folder.path() + ".")
                .orElse("");
        return new EmbeddedPostgresException("PostgreSQL did not start. The end of its log:\n" + log.indent(2)
                + "What to do: see the log; a wrong setting, a full disk and a folder mounted noexec are the usual"
                + " reasons." + hint);
    }
}
